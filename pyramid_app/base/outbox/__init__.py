"""Letters waiting to leave: rows written with the act they belong to, sent by the scheduler alone.

Not here: what a letter says (each capability's ``letters.py``), and whom a person may be reached by (handed in).
"""
