"""When the brief goes out, what it is about, and how it is made to fit on two pages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from pyramid_app.charter.handing.rules import Agreement
from pyramid_app.kit.say import Say

LONDON = ZoneInfo("Europe/London")
MORNING, BEFORE = time(8), timedelta(days=2)
PAGES, VOICES = 2, 4
LINE = 60
"""A new line takes as much room on paper as so many characters."""
Thing = TypeVar("Thing")


class Did(StrEnum):
    SENT = "brief:sent"


AGREED: Mapping[Agreement, Say] = {
    Agreement.AGREED: Say("agreed"),
    Agreement.WITH_A_NOTE: Say("agreed, with a note"),
    Agreement.NOT_AGREED: Say("not agreed"),
    Agreement.TOO_FEW: Say("too few hands so far"),
}


@dataclass(frozen=True)
class Cut:
    """How much of the brief is printed: so many items to decide and to hear, so many lines of what was said before,
    so many things beside one item, so many characters of each text."""

    decide: int
    hear: int
    before: int
    beside: int
    characters: int


CUTS = (
    Cut(30, 30, 30, 20, 4000),
    Cut(10, 14, 12, 8, 1500),
    Cut(8, 12, 10, 5, 900),
    Cut(6, 10, 8, 4, 600),
    Cut(5, 8, 6, 3, 450),
    Cut(4, 6, 5, 3, 300),
    Cut(3, 5, 4, 2, 200),
    Cut(2, 4, 3, 1, 120),
)
"""From the most to the least; the first that fits is printed, and says what it leaves out."""


def sends_from(starts_at: datetime) -> datetime:
    """8 o'clock in the morning, two days before."""
    return datetime.combine(starts_at.astimezone(LONDON).date() - BEFORE, MORNING, LONDON)


def shorten(text: str, most: int) -> str:
    """On one line where it is too long, and then ending in a sign that says so where it is cut."""
    if len(text) + LINE * text.count("\n") <= most:
        return text
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    head = flat[:most]
    return f"{head.rpartition(' ')[0] or head} …"


def fewer(things: Sequence[Thing], most: int) -> tuple[Sequence[Thing], int]:
    """The first of them, and how many are left out."""
    return things[:most], max(len(things) - most, 0)
