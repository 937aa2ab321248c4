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
    RANG = "ballot:rang"
    NEWCOMERS_TAKEN = "ballot:newcomers taken"
    NEWCOMERS_SET_ASIDE = "ballot:newcomers set aside"
    EXTENDED = "ballot:extended"
    WITHDRAWN = "ballot:withdrawn"
