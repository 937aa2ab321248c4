"""An item of the agenda: what it needs, and in which words it ends. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from pyramid_app.kit.say import Say


class Did(StrEnum):
    ADDED = "agenda item:added"
    CHANGED = "agenda item:changed"
    MOVED = "agenda item:moved"
    DROPPED = "agenda item:taken off"
    CAME_BACK = "agenda item:came back"
    PARKED = "agenda item:parked"
    INTEREST = "agenda item:interest declared"


class ItemKind(StrEnum):
    """Whether the Group is asked to decide something, or to hear it."""

    DECIDE = "decide"
    HEAR = "hear"


class Word(StrEnum):
    """How an item ends. Parked comes back at the next meeting by itself."""

    AGREED = "agreed"
    WITH_NOTE = "agreed with a note"
    NOT_AGREED = "not agreed"
    HEARD = "heard"
    PARKED = "parked"


WORDS: Mapping[Word, Say] = {
    Word.AGREED: Say("Agreed"),
    Word.WITH_NOTE: Say("Agreed, with a note"),
    Word.NOT_AGREED: Say("Not agreed"),
    Word.HEARD: Say("Heard, nothing was decided"),
    Word.PARKED: Say("Parked: it comes back at the next meeting"),
}
"""What people read for each."""
NAMES: Mapping[ItemKind, Say] = {ItemKind.DECIDE: Say("to decide"), ItemKind.HEAR: Say("to hear")}
MOST_WORDS, MOST_MINUTES, MOST_INTEREST = 3000, 240, 300


@dataclass(frozen=True)
class Draft:
    """An item as somebody writes it. ``topic_id``: what it is about; ``brings_id``: the member who brings it."""

    title: str = ""
    words: str = ""
    minutes: int | None = None
    kind: ItemKind | None = None
    topic_id: UUID | None = None
    brings_id: UUID | None = None


def review_of(number: int, on: date | None) -> str:
    """The source of an item that looks at a promise again, by the day that is set for it."""
    return f"{_REVIEW}{number}:{on}"


def promise_of(source: str | None) -> int | None:
    """The promise that an item looks at again; ``None`` for all other items."""
    if source is None or not source.startswith(_REVIEW):
        return None
    return int(source.removeprefix(_REVIEW).partition(":")[0])


_REVIEW = "review:"


def what_is_wrong(draft: Draft) -> dict[str, Say]:
    """Why it can't stand on an agenda so, by field."""
    wrong = {}
    if not draft.title:
        wrong["title"] = Say("Give it a short name.")
    if len(draft.words) > MOST_WORDS:
        wrong["words"] = Say("Please make this shorter: {most} characters at the most.", most=MOST_WORDS)
    if draft.minutes is None or not 1 <= draft.minutes <= MOST_MINUTES:
        wrong["minutes"] = Say("Say how many minutes it takes: 1 to {most}.", most=MOST_MINUTES)
    if draft.kind is None:
        wrong["kind"] = Say("Say whether the Group decides this or hears it.")
    return wrong


def what_is_wrong_with_interest(said: str) -> dict[str, Say]:
    if not said:
        return {"said": Say("Say in a few words what your interest is.")}
    if len(said) > MOST_INTEREST:
        return {"said": Say("Please make this shorter: {most} characters at the most.", most=MOST_INTEREST)}
    return {}


def draft_of(source: str | None) -> UUID | None:
    """The draft of the charter that an item was made from (``draft:<id>:<version>:<stage>``), if any."""
    kind, *rest = (source or "").split(":")
    return UUID(rest[0]) if kind == "draft" and rest else None
