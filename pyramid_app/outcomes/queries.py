"""Looking at answers, at who is told, and at whether we told them in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.disclosure import Count, Shown, show_share
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import TOLD_FROM, TOLD_UNTIL, told_in_time
from pyramid_app.polls import queries as polls
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic


@dataclass(frozen=True)
class Answered:
    """A published answer and its topic."""

    outcome: Outcome
    topic: Topic


def of_topic(session: Session, topic_id: UUID) -> list[Outcome]:
    """Every answer to this topic, the newest first."""
    return list(
        session.exec(select(Outcome).where(Outcome.topic_id == topic_id).order_by(col(Outcome.published_at).desc()))
    )


def newest_of(session: Session, topic_ids: Sequence[UUID]) -> dict[UUID, Outcome]:
    """The newest answer of each topic, in one query."""
    found = session.exec(
        select(Outcome).where(col(Outcome.topic_id).in_(topic_ids)).order_by(col(Outcome.published_at))
    )
    return {outcome.topic_id: outcome for outcome in found}


def latest(session: Session, most: int, *, skip: int = 0) -> list[Answered]:
    """The newest answers."""
    rows = session.exec(
        select(Outcome, Topic)
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .order_by(col(Outcome.published_at).desc(), col(Outcome.id))
        .offset(skip)
        .limit(most)
    )
    return [Answered(outcome, topic) for outcome, topic in rows]


def how_many(session: Session) -> int:
    """Answers, not people."""
    return session.exec(select(func.count()).select_from(Outcome)).one()


def to_tell(session: Session) -> list[Outcome]:
    """Published, and not everybody has been written to."""
    return list(session.exec(select(Outcome).where(col(Outcome.told_at).is_(None)).order_by(col(Outcome.published_at))))


def who_spoke(session: Session, topic_id: UUID) -> dict[UUID, str | None]:
    """Everybody who hears about this topic, with their own words where they spoke.

    Those who spoke and want to hear, those who took part in a counted poll of it (by the roll), those who follow it.
    """
    others = polls.answered_people(session, topic_id) | topics.followers(session, topic_id)
    return {**dict.fromkeys(others), **feedback.words_of_speakers(session, topic_id)}


def told_rate(session: Session, now: datetime) -> Shown:
    """The one number: the share of those who spoke who got a real answer within 90 days. Under ten, words."""
    voices = feedback.voices_between(session, now - TOLD_FROM, now - TOLD_UNTIL)
    sent = _answers_sent(session)
    told, whole = told_in_time(
        (voice.received_at, _first_after(sent, voice.topic_id, voice.person_id, voice.received_at)) for voice in voices
    )
    return show_share(Count(told), Count(whole))


def _answers_sent(session: Session) -> dict[tuple[str, UUID], list[datetime]]:
    """When each person's letters about each topic's answers left."""
    sent: dict[tuple[str, UUID], list[datetime]] = {}
    rows = session.exec(
        select(Letter.about, Letter.person_id, Letter.sent_at)
        .where(Letter.kind == "outcome", col(Letter.sent_at).is_not(None))
        .order_by(col(Letter.sent_at))
    )
    for about, person_id, at in rows:
        if about and person_id and at:
            sent.setdefault((about, person_id), []).append(at)
    return sent


def _first_after(
    sent: dict[tuple[str, UUID], list[datetime]], topic_id: UUID | None, person_id: UUID | None, since: datetime
) -> datetime | None:
    if topic_id is None or person_id is None:
        return None
    return next((at for at in sent.get((f"topic:{topic_id}", person_id), []) if at >= since), None)
