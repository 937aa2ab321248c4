"""Looking at what partners were asked, what they answered, and what they said beside answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies.models import PartnerAsk, PartnerNote
from pyramid_app.outcomes.replies.rules import State, state_of
from pyramid_app.partners.models import Partner
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic


@dataclass(frozen=True)
class Asked:
    """A question to a partner as it stands today."""

    ask: PartnerAsk
    partner: str
    state: State


@dataclass(frozen=True)
class ToSee:
    """The same on the desk, where questions of several topics stand together."""

    ask: PartnerAsk
    partner: str
    state: State
    topic: Topic


@dataclass(frozen=True)
class Noted:
    """What a partner said beside an answer; no ``words``: it saw it and added nothing."""

    partner: str
    words: str


def get_ask(session: Session, topic_id: UUID, ask_id: UUID) -> PartnerAsk:
    """That question, if it belongs to that topic."""
    ask = session.get(PartnerAsk, ask_id)
    if ask is None or ask.topic_id != topic_id:
        raise NotFound
    return ask


def of_topic(session: Session, topic_id: UUID, today: date) -> list[Asked]:
    """Every question about this topic that an answer is, or was, needed to; the newest first."""
    rows = session.exec(
        select(PartnerAsk, Partner.name)
        .join(Partner, col(Partner.slug) == col(PartnerAsk.partner))
        .where(col(PartnerAsk.topic_id).in_(topics.gathered(topic_id)), col(PartnerAsk.stopped_at).is_(None))
        .order_by(col(PartnerAsk.asked_at).desc(), col(Partner.position))
    )
    return [Asked(ask, partner, state_of(ask, today)) for ask, partner in rows]


def find_open(session: Session, topic_id: UUID, partner: str) -> PartnerAsk | None:
    """The question to this partner about this topic that waits for an answer."""
    waits = (col(PartnerAsk.replied_at).is_(None), col(PartnerAsk.stopped_at).is_(None))
    found = select(PartnerAsk).where(PartnerAsk.topic_id == topic_id, PartnerAsk.partner == partner, *waits)
    return session.exec(found).first()


def on_the_desk(session: Session, today: date) -> list[ToSee]:
    """Answers that no answer of ours has followed yet; then what waits for a partner, the oldest day first."""
    followed = sa.exists().where(
        col(Outcome.topic_id) == col(PartnerAsk.topic_id),
        col(Outcome.answered_at) >= col(PartnerAsk.replied_at),
        col(Outcome.taken_back_at).is_(None),
    )
    rows = session.exec(
        select(PartnerAsk, Partner.name, Topic)
        .join(Partner, col(Partner.slug) == col(PartnerAsk.partner))
        .join(Topic, col(Topic.id) == col(PartnerAsk.topic_id))
        .where(col(PartnerAsk.stopped_at).is_(None), sa.or_(col(PartnerAsk.replied_at).is_(None), ~followed))
        .order_by(col(PartnerAsk.replied_at).is_(None), col(PartnerAsk.due_on), col(PartnerAsk.id))
    )
    return [ToSee(ask, partner, state_of(ask, today), topic) for ask, partner, topic in rows]


def to_warn(session: Session, until: date) -> list[PartnerAsk]:
    """Questions without an answer that are due until that day: what warnings are chosen from."""
    waits = (col(PartnerAsk.replied_at).is_(None), col(PartnerAsk.stopped_at).is_(None))
    return list(session.exec(select(PartnerAsk).where(*waits, col(PartnerAsk.due_on) <= until)))


def who_replied(session: Session, topic_id: UUID) -> set[str]:
    """Partners that answered since our last answer to this topic: the next one is likely to rest on them."""
    last = select(func.max(Outcome.answered_at)).where(
        Outcome.topic_id == topic_id, col(Outcome.taken_back_at).is_(None)
    )
    since: datetime | None = session.exec(last).one()
    found = select(PartnerAsk.partner).where(
        col(PartnerAsk.topic_id).in_(topics.gathered(topic_id)), col(PartnerAsk.replied_at).is_not(None)
    )
    return set(session.exec(found.where(col(PartnerAsk.replied_at) > since) if since else found))


def find_note(session: Session, topic_id: UUID, partner: str, now: datetime) -> PartnerNote | None:
    """What lets this partner add words to the answer to this topic that is not public yet."""
    return session.exec(
        select(PartnerNote)
        .join(Outcome, col(Outcome.id) == col(PartnerNote.outcome_id))
        .where(
            Outcome.topic_id == topic_id,
            PartnerNote.partner == partner,
            col(Outcome.published_at) > now,
            col(Outcome.taken_back_at).is_(None),
        )
    ).first()


def notes_of(session: Session, outcome_ids: Sequence[UUID]) -> dict[UUID, list[Noted]]:
    """By answer: the partners it names and what each of them added, in one query. It stays when it is corrected."""
    found: dict[UUID, list[Noted]] = {}
    shown, seen = aliased(Outcome), aliased(Outcome)
    rows = session.exec(
        select(shown.id, PartnerNote, Partner.name)
        .join(seen, (col(seen.ref) == col(shown.ref)) & (col(seen.version) <= col(shown.version)))
        .join(PartnerNote, col(PartnerNote.outcome_id) == col(seen.id))
        .join(Partner, col(Partner.slug) == col(PartnerNote.partner))
        .where(col(shown.id).in_(outcome_ids))
        .order_by(col(Partner.position))
    )
    for outcome_id, note, partner in rows:
        found.setdefault(outcome_id, []).append(Noted(partner, note.words))
    return found
