"""Pyramid: a council's SEND partnership listens to parent carers here, and answers them.

Every package is one capability; ``ls pyramid_app`` is the table of contents. ``pyramid_app.app.create_app`` wires them
together; nothing in this file.
"""
