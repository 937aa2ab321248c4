"""Looking at answers, at who is told, and at whether we told them in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from pyramid_app.accounts import queries as people
from pyramid_app.ballots import queries as ballots
from pyramid_app.base.errors import NotFound
from pyramid_app.base.files import queries as files
from pyramid_app.base.files.models import StoredFile
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.disclosure import Count
from pyramid_app.outcomes.models import Outcome
from pyramid_app.polls import queries as polls
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

__all__ = [
    "Answered", "answers_since", "how_many", "how_many_hear", "latest", "newest_of", "of_topic", "polls_answered",
    "to_tell", "who_spoke",
]  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """A published answer and its topic."""

    outcome: Outcome
    topic: Topic


def was_public(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """What families may read, earlier versions too. The clock decides, not a job that has run."""
    return (col(Outcome.published_at) <= now, col(Outcome.taken_back_at).is_(None))


def public(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """What every list of answers asks for: of each answer that families may read its newest version."""
    later = aliased(Outcome)
    return (*was_public(now), ~sa.exists().where(col(later.corrects_id) == col(Outcome.id)))


def find_waiting(session: Session, topic_id: UUID, now: datetime) -> Outcome | None:
    """The answer to this topic that partners look at before it is public: there is one at the most."""
    waits = (col(Outcome.published_at) > now, col(Outcome.taken_back_at).is_(None))
    return session.exec(select(Outcome).where(col(Outcome.topic_id).in_(topics.gathered(topic_id)), *waits)).first()


def waiting(session: Session, now: datetime) -> list[Answered]:
    """Every answer that is not public yet, the next one first: for the desk."""
    rows = session.exec(
        select(Outcome, Topic)
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .where(col(Outcome.published_at) > now, col(Outcome.taken_back_at).is_(None))
        .order_by(col(Outcome.published_at), col(Outcome.id))
    )
    return [Answered(outcome, topic) for outcome, topic in rows]


def of_topic(session: Session, topic_id: UUID, now: datetime) -> list[Outcome]:
    """Every public answer to this topic; the one that came last stands first, corrected or not."""
    return list(
        session.exec(
            select(Outcome)
            .where(col(Outcome.topic_id).in_(topics.gathered(topic_id)), *public(now))
            .order_by(col(Outcome.answered_at).desc(), col(Outcome.id).desc())
        )
    )


def answers_since(session: Session, start: datetime, now: datetime) -> dict[UUID, list[Outcome]]:
    """The public answers from then on, the oldest first, by topic; of those merged, by the one they went into."""
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    rows = session.exec(
        select(root, Outcome)
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .where(col(Outcome.answered_at) >= start, *public(now))
        .order_by(col(Outcome.answered_at), col(Outcome.id))
    )
    found: dict[UUID, list[Outcome]] = {}
    for topic_id, outcome in rows:
        found.setdefault(topic_id, []).append(outcome)
    return found


def newest_of(session: Session, topic_ids: Sequence[UUID], now: datetime) -> dict[UUID, Outcome]:
    """The newest public answer of each topic, in one query."""
    found = session.exec(
        select(Outcome)
        .where(col(Outcome.topic_id).in_(topic_ids), *public(now))
        .order_by(col(Outcome.answered_at), col(Outcome.id))
    )
    return {outcome.topic_id: outcome for outcome in found}


def latest(
    session: Session, most: int, now: datetime, *, skip: int = 0, asked: Sequence[sa.ColumnElement[bool]] = ()
) -> list[Answered]:
    """The newest public answers; ``asked``: what else is asked of each."""
    rows = session.exec(
        select(Outcome, Topic)
        .join(Topic, col(Topic.id) == col(Outcome.topic_id))
        .where(*public(now), *asked)
        .order_by(col(Outcome.answered_at).desc(), col(Outcome.id))
        .offset(skip)
        .limit(most)
    )
    return [Answered(outcome, topic) for outcome, topic in rows]


def how_many(session: Session, now: datetime, asked: Sequence[sa.ColumnElement[bool]] = ()) -> int:
    """Public answers, not people."""
    return session.exec(select(func.count()).select_from(Outcome).where(*public(now), *asked)).one()


def answers_of(session: Session, topic_id: UUID) -> int:
    """How many answers this topic has had, also those that were taken back: each has its number."""
    return session.exec(select(func.count()).where(Outcome.topic_id == topic_id, Outcome.version == 1)).one()


def find_correction(session: Session, outcome_id: UUID) -> Outcome | None:
    """The version that stands in its place."""
    return session.exec(select(Outcome).where(Outcome.corrects_id == outcome_id)).first()


def is_told_again(session: Session, outcome: Outcome) -> bool:
    """Whether letters about it go to people who have had one about an earlier version."""
    first = select(Outcome.id).where(Outcome.ref == outcome.ref, Outcome.version == 1)
    return outcome.telling_id != session.exec(first).one()


def evidence_of(session: Session, outcomes: Iterable[Outcome]) -> dict[UUID, StoredFile]:
    """The files that these answers show, by id, in one query."""
    return files.files_of(session, [one.evidence_file_id for one in outcomes if one.evidence_file_id])


def file_in(evidence: Mapping[UUID, StoredFile], outcome: Outcome) -> StoredFile | None:
    """The file that this answer shows, of those found for several."""
    return evidence.get(outcome.evidence_file_id) if outcome.evidence_file_id else None


def get_evidence(session: Session, file_id: UUID, now: datetime) -> StoredFile:
    """A file that a public answer shows, now or in an earlier version. Any other does not exist for the public."""
    shown = select(Outcome.id).where(Outcome.evidence_file_id == file_id, *was_public(now)).limit(1)
    file = session.get(StoredFile, file_id) if session.exec(shown).first() else None
    if file is None:
        raise NotFound
    return file


def to_move(session: Session, now: datetime) -> list[UUID]:
    """Answers that have become public and whose topic has not moved yet, in the order in which they did."""
    found = select(Outcome.id).where(*public(now), col(Outcome.moved_at).is_(None))
    return list(session.exec(found.order_by(col(Outcome.published_at), col(Outcome.id))))


def to_tell(session: Session, now: datetime) -> list[Outcome]:
    """Public, the topic has moved, and not everybody has been written to."""
    found = select(Outcome).where(*public(now), col(Outcome.moved_at).is_not(None), col(Outcome.told_at).is_(None))
    return list(session.exec(found.order_by(col(Outcome.published_at), col(Outcome.id))))


def who_spoke(session: Session, topic_id: UUID) -> dict[UUID, str | None]:
    """Everybody who hears about this topic, with their own words where they spoke.

    Those who spoke and want to hear, those who took part in a counted poll of it (by the roll), those to whom
    it happens too, and those who follow it. Of a topic that was merged: everybody where its story goes on, for what
    had been merged into it before hangs on that one now.
    """
    topic_id = _story_of(session, topic_id)
    heard = topics.followers(session, topic_id) | topics.said_true(session, topic_id)
    others = polls.answered_people(session, topic_id) | heard
    return {**dict.fromkeys(others), **feedback.words_of_speakers(session, topic_id)}


def how_many_hear(session: Session, topic_id: UUID) -> Count:
    """Of those, who wants to hear at all: the people a letter is written to."""
    found = people.list_people(session, who_spoke(session, topic_id))
    return Count(sum(person.wants_answers for person in found))


def polls_answered(session: Session, topic_id: UUID, now: datetime) -> dict[UUID, str]:
    """By person: the title of the last counted poll of this topic that they took part in, by its roll."""
    found = sorted(polls.of_topic(session, _story_of(session, topic_id), now), key=lambda poll: poll.closes_at or now)
    counted = [(poll.ballot_id, poll.title) for poll in found if poll.counted_at and poll.ballot_id]
    return {person: title for ballot_id, title in counted for person in ballots.took_part(session, ballot_id)}


def _story_of(session: Session, topic_id: UUID) -> UUID:
    """Where the story of this topic goes on: itself, unless it was merged."""
    return topics.roots(session, [topic_id]).get(topic_id, topic_id)
