"""Proposed changes to the charter: begun, written on by several people, and tied to their exact words."""
