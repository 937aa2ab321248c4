"""Every kind of letter there is: whether it is one of the month's letters, and which of a person's wishes it needs.

At most so many counted letters a month leave for one person (``DESIGN.md`` 8). One too many waits for the monthly
letter; a reminder is dropped instead, an invitation never waits. Codes, answers and late words never count. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stop(StrEnum):
    """What a person can stop with one click: the same words as her wishes."""

    QUESTIONS = "questions"
    ANSWERS = "answers"
    NOTICES = "notices"


class Unsent(StrEnum):
    """Why we did not send a letter, by our own rules. Any other reason is a mail server's, or that it came back."""

    LATE = "too late to be of use"
    NOT_NEEDED = "no longer needed"
    NOT_WANTED = "no longer wanted"
    NO_MORE = "no more letters this month"
    NOWHERE = "no address that can be reached"


class Turn(StrEnum):
    """What becomes of a letter that is due."""

    GOES = "goes"
    WAITS = "waits"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Kind:
    """``stop``: the wish without which it does not leave; ``None`` for what a person asked for or must have.

    ``counted``: one of the month's letters. ``too_many``: what becomes of it when they are used up. ``rare``: of
    its own kind, too, only so many leave in a month.
    """

    stop: Stop | None = None
    counted: bool = False
    too_many: Turn = Turn.WAITS
    rare: bool = False


@dataclass(frozen=True)
class Caps:
    """How many letters a person gets in a calendar month; of them, how many of a rare kind."""

    letters: int
    rare: int


MONTHLY = "monthly"
"""The letter into which others are folded; each of them keeps its own kind's wish."""

KINDS: Mapping[str, Kind] = {
    # Asked for, or owed whatever a person wishes.
    "code": Kind(),
    "address changed": Kind(),
    "invitation": Kind(),
    "first answer": Kind(),
    "handed over": Kind(),
    "received": Kind(),
    "held back": Kind(),
    "objection": Kind(),
    "poll changed": Kind(),
    "poll extended": Kind(),
    "poll withdrawn": Kind(),
    "poll look": Kind(),
    "poll trial": Kind(),
    "notice trial": Kind(),
    MONTHLY: Kind(),
    # To colleagues, partners and representatives, for the part they have.
    "desk": Kind(),
    "staff": Kind(),
    "raised": Kind(),
    "reps ask": Kind(),
    "blind check": Kind(),
    "hand over": Kind(),
    "urgent": Kind(),
    "partner ask": Kind(),
    "partner warning": Kind(),
    "partner look": Kind(),
    "partner passed on": Kind(),
    "draft back": Kind(),
    "draft hands": Kind(),
    "owner ask": Kind(),
    "owner reminder": Kind(),
    # To members who read drafts: asked for by the level they chose, and owed for what they said.
    "draft to read": Kind(Stop.QUESTIONS),
    "draft met": Kind(Stop.QUESTIONS),
    "comment answered": Kind(Stop.ANSWERS),
    "comment hidden": Kind(),
    "comment shown": Kind(),
    "meeting": Kind(),
    "brief": Kind(),
    "item answered": Kind(),
    "report back": Kind(),
    # Answers and late words never count.
    "outcome": Kind(Stop.ANSWERS),
    "poll considered": Kind(Stop.ANSWERS),
    "late": Kind(Stop.ANSWERS),
    "reopened": Kind(Stop.ANSWERS),
    # Counted.
    "poll invitation": Kind(Stop.QUESTIONS, counted=True, too_many=Turn.GOES),
    "poll reminder": Kind(Stop.QUESTIONS, counted=True, too_many=Turn.DROPPED),
    "poll result": Kind(Stop.ANSWERS, counted=True),
    "verdict": Kind(Stop.ANSWERS, counted=True),
    "pulse": Kind(Stop.ANSWERS, counted=True),
    "notice": Kind(Stop.NOTICES, counted=True, rare=True),
}
COUNTED = tuple(name for name, kind in KINDS.items() if kind.counted)


def kind_of(name: str) -> Kind:
    """Raises ``ValueError`` for a kind that nobody has thought about."""
    if name not in KINDS:
        raise ValueError(f"{name!r} is no kind of letter: add it to base/outbox/rules.py")
    return KINDS[name]


def turn_of(name: str, this_month: Iterable[str], caps: Caps) -> Turn:
    """What becomes of a letter of this kind, after counted letters of those kinds have left in the same month."""
    kind, before = kind_of(name), list(this_month)
    full = len(before) >= caps.letters or (kind.rare and before.count(name) >= caps.rare)
    return kind.too_many if kind.counted and full else Turn.GOES
