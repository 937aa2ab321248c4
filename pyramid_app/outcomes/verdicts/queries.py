"""Looking at verdicts: which answers are due to be asked about, who may answer, whom to ring."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.accounts.models import ContactPoint, Person
from pyramid_app.base.errors import NotAllowed, NotFound
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.queries import public
from pyramid_app.outcomes.verdicts.links import Asks, Link
from pyramid_app.outcomes.verdicts.models import Pulse, PulseRound, Reopening, Verdict, VerdictRound
from pyramid_app.outcomes.verdicts.rules import OPEN_FOR, Helped, asked_on, closes_at, is_too_old
from pyramid_app.topics.models import Topic
from pyramid_app.topics.queries import standing
from pyramid_app.topics.rules import State

_CLOSED = Say("This question is closed. Thank you for wanting to answer it.")


def is_newest(now: datetime) -> sa.ColumnElement[bool]:
    """Whether an ``Outcome`` belongs to the last public answer to its topic; its corrections do not take its place."""
    later = sa.alias(sa.inspect(Outcome).local_table)
    return ~sa.exists().where(
        later.c.topic_id == col(Outcome.topic_id),
        later.c.ref != col(Outcome.ref),
        later.c.published_at <= now,
        later.c.taken_back_at.is_(None),
        (later.c.answered_at > col(Outcome.answered_at))
        | ((later.c.answered_at == col(Outcome.answered_at)) & (later.c.id > col(Outcome.id))),
    )


def _stands(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """The answer "done" that a finished topic rests on, by its first version: a correction asks nobody again."""
    first = col(Outcome.version) == 1, col(Outcome.taken_back_at).is_(None), col(Outcome.published_at) <= now
    return (*first, col(Topic.state) == State.DONE, standing(), is_newest(now))


def newest_version(session: Session, outcome: Outcome, now: datetime) -> Outcome:
    """What an answer says now: rounds and verdicts hang on its first version, families read its last public one."""
    return session.exec(select(Outcome).where(Outcome.ref == outcome.ref, *public(now))).first() or outcome


def due(session: Session, now: datetime, weeks: int) -> list[Outcome]:
    """Answers about which not everybody who heard has been asked, and the day has come."""
    found = session.exec(
        select(Outcome, col(VerdictRound.outcome_id).is_not(None))
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .join(VerdictRound, col(VerdictRound.outcome_id) == col(Outcome.id), isouter=True)
        .where(
            col(VerdictRound.all_asked_at).is_(None), col(Outcome.published_at) <= now - timedelta(weeks=weeks - 1),
            *_stands(now),
        )
        .order_by(col(Outcome.published_at), col(Outcome.id))
    )  # fmt: skip
    today = london_date(now)
    return [outcome for outcome, begun in found if begun or _is_due(outcome, today, weeks)]


def _is_due(outcome: Outcome, today: date, weeks: int) -> bool:
    due_on = asked_on(london_date(outcome.published_at), outcome.done_on, weeks)
    return due_on <= today and not is_too_old(due_on, today)


@dataclass(frozen=True)
class Asked:
    """What one person is asked: did what was done help? ``verdict`` is her row, with what she said so far."""

    topic: Topic
    outcome: Outcome
    verdict: Verdict
    until: datetime


def to_answer(session: Session, person_id: UUID, now: datetime) -> list[Asked]:
    """ "Did it help?" on somebody's own page: what she was asked and has not answered, the oldest first."""
    found = session.exec(
        select(Topic, Outcome, Verdict, VerdictRound.asked_at)
        .join(Outcome, col(Outcome.topic_id) == col(Topic.id))
        .join(VerdictRound, col(VerdictRound.outcome_id) == col(Outcome.id))
        .join(Verdict, col(Verdict.outcome_id) == col(Outcome.id))
        .where(
            Verdict.person_id == person_id, col(Verdict.answer).is_(None), col(VerdictRound.asked_at) > now - OPEN_FOR,
            *_stands(now),
        )
        .order_by(col(VerdictRound.asked_at), col(VerdictRound.outcome_id))
    )  # fmt: skip
    return [Asked(topic, outcome, verdict, closes_at(asked_at)) for topic, outcome, verdict, asked_at in found]


def find_asked_of(session: Session, ref: str, person_id: UUID, now: datetime) -> Asked | None:
    """The last question of this kind that she was asked about that topic, if it is open."""
    found = _asked(session, Topic.ref == ref, person_id)
    return found if found and now < found.until else None


def get_asked(session: Session, outcome_id: UUID, person_id: UUID, now: datetime) -> Asked:
    """Raises ``NotFound`` where she was not asked, ``NotAllowed`` once it is closed."""
    found = _asked(session, Outcome.id == outcome_id, person_id)
    if found is None:
        raise NotFound
    if now >= found.until:
        raise NotAllowed(_CLOSED)
    return found


def _asked(session: Session, where: sa.ColumnElement[bool] | bool, person_id: UUID) -> Asked | None:
    found = session.exec(
        select(Topic, Outcome, Verdict, VerdictRound.asked_at)
        .join(Outcome, col(Outcome.topic_id) == col(Topic.id))
        .join(VerdictRound, col(VerdictRound.outcome_id) == col(Outcome.id))
        .join(Verdict, col(Verdict.outcome_id) == col(Outcome.id))
        .where(where, Verdict.person_id == person_id)
        .order_by(col(VerdictRound.asked_at).desc(), col(VerdictRound.outcome_id).desc())
        .limit(1)
    ).first()
    return Asked(*found[:3], until=closes_at(found[3])) if found else None


def find_owner(session: Session, link: Link) -> Person | None:
    """Whose link it is, unless she has made her links void since."""
    person = session.get(Person, link.person_id)
    return person if person and person.passes == link.version else None


def find_pulse(session: Session, link: Link, now: datetime) -> Pulse | None:
    """Her row about that term, while the question is open."""
    begun = session.get(PulseRound, link.term_on) if link.asks is Asks.TOLD else None
    if begun is None or now >= closes_at(begun.asked_at):
        return None
    return session.get(Pulse, (link.term_on, link.person_id))


def find_last_pulse(session: Session) -> PulseRound | None:
    return session.exec(select(PulseRound).order_by(col(PulseRound.term_on).desc()).limit(1)).first()


def answers_of(session: Session, outcome_id: UUID, people: Collection[UUID]) -> dict[UUID, Helped]:
    """By person, what they said about it: for letters to themselves."""
    found = session.exec(
        select(Verdict.person_id, Verdict.answer).where(
            Verdict.outcome_id == outcome_id, col(Verdict.person_id).in_(people), col(Verdict.answer).is_not(None)
        )
    )
    return {person_id: Helped(answer) for person_id, answer in found if answer}


@dataclass(frozen=True)
class ToRing:
    """A family that asked for a call."""

    verdict: Verdict
    topic: Topic
    name: str


def to_ring(session: Session) -> list[ToRing]:
    """For the desk: whom to ring, the first promised day first."""
    found = session.exec(
        select(Verdict, Topic, Person.name)
        .join(Outcome, col(Outcome.id) == col(Verdict.outcome_id))
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .join(Person, col(Person.id) == col(Verdict.person_id))
        .where(col(Verdict.ring_number).is_not(None), _IS_HERE)
        .order_by(col(Verdict.ring_by_on), col(Verdict.ring_asked_at), col(Verdict.person_id))
    )
    return [ToRing(verdict, topic, name) for verdict, topic, name in found]


def how_many_to_ring(session: Session) -> int:
    """Calls to make: for the desk alone."""
    return session.exec(select(func.count()).where(col(Verdict.ring_number).is_not(None), _IS_HERE)).one()


_IS_HERE = sa.exists().where(
    col(ContactPoint.person_id) == col(Verdict.person_id),
    col(ContactPoint.confirmed_at).is_not(None),
    col(ContactPoint.ended_at).is_(None),
)
"""Whoever leaves takes every address away, and with them the number to ring."""


def numbers_to_forget(session: Session, now: datetime) -> list[tuple[UUID, UUID]]:
    """Telephone numbers that have been kept for as long as we may, and those of people who have left."""
    over = (col(Verdict.ring_asked_at) <= now - OPEN_FOR) | ~_IS_HERE
    found = select(Verdict.outcome_id, Verdict.person_id).where(col(Verdict.ring_number).is_not(None), over)
    return list(session.exec(found).all())


def without_help(session: Session, now: datetime) -> dict[UUID, dict[str, int]]:
    """By "done" answer that a finished topic rests on and that has not been reopened: its verdicts, for the rules."""
    found = session.exec(
        select(Verdict.outcome_id, Verdict.answer, func.count())
        .join(Outcome, col(Outcome.id) == col(Verdict.outcome_id))
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .outerjoin(Reopening, col(Reopening.outcome_id) == col(Outcome.id))
        .where(col(Verdict.answer).is_not(None), col(Reopening.id).is_(None), *_stands(now))
        .group_by(col(Verdict.outcome_id), col(Verdict.answer))
    )
    tallies: dict[UUID, dict[str, int]] = {}
    for outcome_id, answer, number in found:
        tallies.setdefault(outcome_id, {})[answer or ""] = number
    return tallies


@dataclass(frozen=True)
class Reopened:
    """A topic that started again, and the answer that had been given."""

    reopening: Reopening
    topic: Topic
    outcome: Outcome


def reopenings(session: Session, *, topic_id: UUID | None = None, most: int | None = None) -> list[Reopened]:
    """Every topic that started again, or one topic's, the newest first: public."""
    found = (
        select(Reopening, Topic, Outcome)
        .join(Topic, col(Topic.id) == col(Reopening.topic_id))
        .join(Outcome, col(Outcome.id) == col(Reopening.outcome_id))
        .order_by(col(Reopening.at).desc(), col(Reopening.id))
        .limit(most)
    )
    if topic_id is not None:
        found = found.where(Reopening.topic_id == topic_id)
    return [Reopened(*row) for row in session.exec(found)]


def reopenings_to_tell(session: Session) -> list[Reopening]:
    """Those of which not everybody has been told."""
    return list(
        session.exec(
            select(Reopening).where(col(Reopening.told_at).is_(None)).order_by(col(Reopening.at), col(Reopening.id))
        )
    )


def find_newest(session: Session, topic_id: UUID, now: datetime) -> Outcome | None:
    """The last public word on a topic."""
    return session.exec(
        select(Outcome).where(
            Outcome.topic_id == topic_id,
            Outcome.version == 1,
            col(Outcome.taken_back_at).is_(None),
            col(Outcome.published_at) <= now,
            is_newest(now),
        )
    ).first()
