"""Kinds of ballots and rolls: pure."""

from enum import StrEnum


class Roll(StrEnum):
    OPEN = "open"
    FIXED = "fixed"


class Did(StrEnum):
    FROZEN = "ballot:frozen"
    ROLL_DIGESTED = "ballot:roll digested"
    COUNTING = "ballot:counting"
    COUNTED = "ballot:counted"
    EXTENDED = "ballot:extended"
    WITHDRAWN = "ballot:withdrawn"
