"""A result as everybody sees it: made once at the count, stored, and the same on page, in file and in letter."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyramid_app.kit.disclosure import Agreement, BreakdownShown, QuestionShown, RoundsShown, Shown
from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class Table:
    """One question by one thing that families chose to share."""

    fact: str
    shown: BreakdownShown


@dataclass(frozen=True)
class Statement:
    """One statement: agree, disagree and pass; and whether nearly all agree, or views divide."""

    option: str
    shown: QuestionShown
    agreement: Agreement


@dataclass(frozen=True)
class QuestionSeen:
    """``labels`` names the options by id (hex); ``wrote`` is how many answered in their own words."""

    id: str
    text: str
    kind: str
    labels: Mapping[str, str]
    shown: QuestionShown | None = None
    rounds: RoundsShown | None = None
    statements: tuple[Statement, ...] = ()
    wrote: Shown | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Document:
    """The whole result of a poll, with nothing in it that the small-number rules hold back. ``note``: why they hold
    back more than usual. ``set_aside``: answers of newcomers that the desk has not let count, if there are any."""

    asked: Shown
    answered: Shown
    joined: Shown
    questions: tuple[QuestionSeen, ...]
    note: Say | None = None
    set_aside: Shown | None = None
