"""The order of the desk, and what filing needs (``walks.md`` 9). Pure."""

from datetime import date, datetime
from enum import StrEnum

from pyramid_app.kit.say import Say


class Did(StrEnum):
    """What the log says of the desk's own acts."""

    THANKED = "voice:thanked"
    NOT_A_MESSAGE = "voice:not a message"
    ASSIGNED = "voice:assigned"
    NOTED = "voice:noted"
    ASKED = "voice:colleague asked"
    CLEARED_AGAIN = "voice:cleared again"
    URGENT_SEEN = "voice:urgent seen to"
    SPLIT = "voice:moved to another topic"


class Place(StrEnum):
    """The parts of the list, in the order in which an officer should read them."""

    URGENT = "may be urgent"
    DUE = "due or late today"
    ALIKE = "look alike"
    REST = "the rest"


def place_of(
    urgent_at: datetime | None, urgent_seen_at: datetime | None, owed: bool, next_word_on: date, today: date
) -> Place:
    """Where a message stands on the desk, before look-alikes are put together."""
    if urgent_at and not urgent_seen_at:
        return Place.URGENT
    return Place.DUE if owed or next_word_on <= today else Place.REST


FIVE = 5
"""What fits in fifteen minutes."""

BLOCK_AT_MOST = 50
"""Messages filed in one act."""


def what_is_wrong_with_split(chosen: int, whole: int) -> dict[str, Say]:
    """Why these messages can't go to a topic of their own."""
    if not chosen:
        return {"voices": Say("Choose the messages that belong to the new topic.")}
    if chosen >= whole:
        return {"voices": Say("Leave at least one message here. Or give this topic another name.")}
    return {}
