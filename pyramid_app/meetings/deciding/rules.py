"""Enough to decide? And which words an item may end in. Pure.

Members of the Group are known to each other by name: how many of them are in a room is no secret among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from pyramid_app.charter.handing.rules import Stands
from pyramid_app.kit.say import Say
from pyramid_app.meetings.agenda.rules import ItemKind, Word


class Did(StrEnum):
    HERE = "meeting:who is there"
    DECIDED = "agenda item:decided"
    CLOSED = "meeting:closed"


class How(StrEnum):
    """How a member takes part."""

    HERE = "here"
    ONLINE = "online"
    APOLOGIES = "can't come"


PRESENT = frozenset({How.HERE, How.ONLINE})
NAMES: Mapping[How, Say] = {
    How.HERE: Say("in the room"),
    How.ONLINE: Say("online"),
    How.APOLOGIES: Say("can't come"),
}
HANDS: Mapping[Stands, Say] = {
    Stands.AGREES: Say("agrees"),
    Stands.WITH_A_NOTE: Say("agrees, with a note"),
    Stands.AGAINST: Say("does not agree"),
}
"""What the chair ticks for each member who is there."""
MOST_NOTE, MOST_LINE = 1000, 500


class MemberLike(Protocol):
    @property
    def person_id(self) -> UUID: ...
    @property
    def elected(self) -> bool: ...


@dataclass(frozen=True)
class Side:
    """So many ``here``, of so many, and so many are needed."""

    here: int
    of: int
    needed: int

    @property
    def enough(self) -> bool:
        return self.here >= self.needed


@dataclass(frozen=True)
class Quorum:
    """Both must be enough: the representatives, and the whole Group."""

    reps: Side
    group: Side

    @property
    def enough(self) -> bool:
        return self.reps.enough and self.group.enough

    @property
    def lines(self) -> tuple[Say, Say]:
        """In words, one line each."""
        return _reps(self.reps), _group(self.group)


def quorum_of(members: Iterable[MemberLike], how: Mapping[UUID, How], percent: int, reps_least: int) -> Quorum:
    """``percent`` of the filled seats of representatives (at least ``reps_least``), and of the whole Group."""
    everybody = list(members)
    reps = [one for one in everybody if one.elected]
    return Quorum(_side(reps, how, percent, reps_least), _side(everybody, how, percent, 1))


def _side(people: list[MemberLike], how: Mapping[UUID, How], percent: int, least: int) -> Side:
    here = sum(how.get(one.person_id) in PRESENT for one in people)
    return Side(here, len(people), max(-(-len(people) * percent // 100), least))


def _reps(side: Side) -> Say:
    if side.enough:
        return Say("{here} of {of} representatives are here: enough to decide.", here=side.here, of=side.of)
    return Say("{here} of {of} representatives are here. It takes {needed} to decide.",
               here=side.here, of=side.of, needed=side.needed)  # fmt: skip


def _group(side: Side) -> Say:
    if side.enough:
        return Say("{here} of {of} members of the Group are here: enough to decide.", here=side.here, of=side.of)
    return Say("{here} of {of} members of the Group are here. It takes {needed} to decide.",
               here=side.here, of=side.of, needed=side.needed)  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """What is typed about an item. ``reps_line``: what the representatives say of it, in their own words."""

    word: Word | None = None
    note: str = ""
    reps_line: str = ""


NEEDS_QUORUM = frozenset({Word.AGREED, Word.WITH_NOTE, Word.NOT_AGREED})
TOO_FEW = Say("Too few people are here to decide. This can be heard, or parked until the next meeting.")


def words_for(kind: ItemKind, enough: bool) -> tuple[Word, ...]:
    """In which words an item may end: only what stands there to be decided, and only where enough are there."""
    if kind is ItemKind.DECIDE and enough:
        return tuple(Word)
    return (Word.HEARD, Word.PARKED)


def what_is_wrong(decision: Decision, kind: ItemKind, enough: bool) -> dict[str, Say]:
    """Why it can't be typed so, by field."""
    wrong = {}
    if decision.word is None:
        wrong["word"] = Say("Choose one.")
    elif decision.word not in words_for(kind, enough):
        wrong["word"] = TOO_FEW if kind is ItemKind.DECIDE else Say("This was on the agenda to hear, not to decide.")
    if decision.word is Word.WITH_NOTE and not decision.note:
        wrong["note"] = Say("Write the note.")
    if decision.word is Word.NOT_AGREED and not decision.note:
        wrong["note"] = Say("Say why not. Families read it.")
    for field, most in (("note", MOST_NOTE), ("reps_line", MOST_LINE)):
        if len(getattr(decision, field)) > most:
            wrong[field] = Say("Please make this shorter: {most} characters at the most.", most=most)
    return wrong
