"""Pyramid: a council's SEND partnership listens to parent carers here, and answers them.

Every package is one capability; ``ls pyramid_app`` is the table of contents.
``create_app`` wires them together; nothing else in this file.
"""

from pyramid_app.app import create_app

__all__ = ["create_app"]
