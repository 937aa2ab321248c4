"""An officer's desk on one screen: what waits in the order to read it, one message open, and what else is owed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as people
from pyramid_app.feedback.filing import queries as filing
from pyramid_app.feedback.filing.models import DeskNote
from pyramid_app.feedback.filing.queries import Numbers, Waiting
from pyramid_app.feedback.filing.rules import BLOCK_AT_MOST, FIVE, Place
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About
from pyramid_app.feedback.suggesting.alike import alike
from pyramid_app.feedback.suggesting.queries import suggest_topics
from pyramid_app.kit.texts import london_date
from pyramid_app.polls import queries as polls
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

KEYS = 9
"""Topics that have a number key."""


@dataclass(frozen=True)
class Section:
    """A part of the list under its heading; look-alikes stand as one."""

    place: Place
    waiting: list[Waiting]


@dataclass(frozen=True)
class Desk:
    """What the page shows."""

    numbers: Numbers
    to_count: int
    sections: list[Section]
    open: Waiting | None
    following: Waiting | None
    choices: list[Topic]
    undoable: list[Voice]
    asked: list[tuple[DeskNote, Voice]]
    names: dict[UUID, str]
    owing: list[Topic]
    growing: list[Topic]


def desk(
    session: Session, person_id: UUID | None, now: datetime, *, undo: timedelta, raise_at: int, opened: str,
    mine: bool, short: bool,
) -> Desk:  # fmt: skip
    """The desk as this officer sees it. ``opened``: the reference of the open message; ``short``: only five."""
    today = london_date(now)
    waiting = filing.waiting(session, today, only_for=person_id if mine else None)
    waiting = together(waiting)[: FIVE if short else None]
    chosen = next((one for one in waiting if one.voice.ref == opened), waiting[0] if waiting else None)
    after = waiting[waiting.index(chosen) + 1 :] if chosen else []
    asked = filing.asked_of(session, person_id) if person_id else []
    whose = {one.voice.assigned_to_id for one in waiting} | filing.names_in([note for note, _ in asked])
    return Desk(
        numbers=filing.numbers(session, today),
        to_count=len(polls.to_count(session, now)),
        sections=_sections(waiting),
        open=chosen,
        following=after[0] if after else None,
        choices=_choices(session, chosen, now),
        undoable=filing.recently_sorted(session, now - undo),
        asked=asked,
        names=people.names_of(session, [one for one in whose if one]),
        owing=topics.owing(session),
        growing=[topic for topic, _ in filing.growing_without_promise(session, max(raise_at // 2, 2))],
    )


def together(waiting: list[Waiting]) -> list[Waiting]:
    """Messages that say the same stand as one, headed by the one that all are like; what may be urgent never hides.

    A block has a place of its own, unless one of it is due: then it stands where that one would.
    """
    free = [one for one in waiting if one.place is not Place.URGENT and one.voice.about is About.SYSTEM]
    hidden: set[UUID] = set()
    for group in alike([one.words for one in free]):
        head, *rest = (free[at] for at in group[:BLOCK_AT_MOST])
        head.alike = rest
        head.place = Place.DUE if Place.DUE in {one.place for one in (head, *rest)} else Place.ALIKE
        hidden |= {one.voice.id for one in rest}
    return sorted((one for one in waiting if one.voice.id not in hidden), key=lambda one: list(Place).index(one.place))


def _choices(session: Session, chosen: Waiting | None, now: datetime) -> list[Topic]:
    """What the number keys stand for: what earlier choices suggest, then what was used last."""
    found = suggest_topics(session, now, chosen.words) if chosen else []
    known = {topic.id for topic in found}
    return [*found, *(topic for topic in filing.lately_used(session, KEYS) if topic.id not in known)][:KEYS]


def _sections(waiting: list[Waiting]) -> list[Section]:
    found = [Section(place, [one for one in waiting if one.place is place]) for place in Place]
    return [section for section in found if section.waiting]
