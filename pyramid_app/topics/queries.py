"""Looking at topics: what they touch, when the next word is due, who follows.

What is about a topic is also about those that were merged into it: ``gathered`` finds them all.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from pyramid_app.base.errors import NotFound
from pyramid_app.charter.models import Wording
from pyramid_app.kit.disclosure import Count
from pyramid_app.topics.models import Follower, Topic, TopicCommitment, TrueForUs, WordPromised
from pyramid_app.topics.rules import SETTLED


def gathered(topic_id: Any) -> SelectOfScalar[UUID]:
    """This topic and all that were merged into it, for ``col.in_(…)``."""
    return select(Topic.id).where((col(Topic.id) == topic_id) | (col(Topic.merged_into_id) == topic_id))


def standing() -> sa.ColumnElement[bool]:
    """A topic with a story of its own: not merged into another."""
    return col(Topic.merged_into_id).is_(None)


def roots(session: Session, topic_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Where the story of each of these goes on: itself, unless it was merged."""
    rows = session.exec(select(Topic.id, Topic.merged_into_id).where(col(Topic.id).in_(topic_ids)))
    return {topic_id: into or topic_id for topic_id, into in rows}


def find_topic(session: Session, ref: str) -> Topic | None:
    return session.exec(select(Topic).where(Topic.ref == ref)).first()


def get_topic(session: Session, ref: str) -> Topic:
    topic = find_topic(session, ref)
    if topic is None:
        raise NotFound
    return topic


def get_topic_by_id(session: Session, topic_id: UUID) -> Topic:
    topic = session.get(Topic, topic_id)
    if topic is None:
        raise NotFound
    return topic


def list_by_refs(session: Session, refs: Collection[str]) -> list[Topic]:
    """These topics, by title; what is no topic is left out."""
    return list(session.exec(select(Topic).where(col(Topic.ref).in_(refs)).order_by(col(Topic.title), col(Topic.id))))


def list_topics(session: Session, *, page: int = 1, size: int = 20) -> list[Topic]:
    """Late ones first, then by the date of the next word; settled ones last, the newest first."""
    return list(
        session.exec(
            select(Topic)
            .where(standing())
            .order_by(
                col(Topic.word_owed).desc(),
                col(Topic.next_word_on).is_(None),
                col(Topic.next_word_on),
                col(Topic.started_at).desc(),
                col(Topic.id),
            )
            .offset((page - 1) * size)
            .limit(size)
        )
    )


def how_many(session: Session) -> int:
    """Topics, not people."""
    return session.exec(select(func.count()).select_from(Topic).where(standing())).one()


def current(session: Session, *, most: int = 200) -> list[Topic]:
    """Those still worked on, the newest first."""
    return list(
        session.exec(
            select(Topic)
            .where(col(Topic.state).not_in(SETTLED), standing())
            .order_by(col(Topic.started_at).desc(), col(Topic.id))
            .limit(most)
        )
    )


def find_by_name(session: Session, name: str) -> Topic | None:
    """The topic that is worked on and has that name or reference; of two with one name the newer one."""
    here = (func.lower(Topic.title) == name.lower()) | (col(Topic.ref) == name.lower())
    found = select(Topic).where(here, col(Topic.state).not_in(SETTLED), standing())
    return session.exec(found.order_by(col(Topic.started_at).desc(), col(Topic.id).desc()).limit(1)).first()


def links_of(session: Session, topic_id: UUID) -> list[Wording]:
    """The wordings that the topic touches, by number."""
    return list(
        session.exec(
            select(Wording)
            .join(
                TopicCommitment,
                (col(TopicCommitment.edition) == col(Wording.edition))
                & (col(TopicCommitment.commitment) == col(Wording.commitment)),
            )
            .where(col(TopicCommitment.topic_id).in_(gathered(topic_id)))
            .order_by(col(Wording.commitment), col(Wording.edition))
            .distinct()
        )
    )


def touched_by(session: Session, topic_ids: Collection[UUID]) -> dict[UUID, list[Wording]]:
    """By topic, the wordings that it and what was merged into it touch, by number; in one query."""
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    rows = session.exec(
        select(root, Wording)
        .select_from(TopicCommitment)
        .join(Topic, col(Topic.id) == col(TopicCommitment.topic_id))
        .join(
            Wording,
            (col(TopicCommitment.edition) == col(Wording.edition))
            & (col(TopicCommitment.commitment) == col(Wording.commitment)),
        )
        .where(root.in_(topic_ids))
        .order_by(col(Wording.commitment), col(Wording.edition))
        .distinct()
    )
    found: dict[UUID, list[Wording]] = {}
    for topic_id, wording in rows:
        found.setdefault(topic_id, []).append(wording)
    return found


def topics_touching(session: Session, commitment: int) -> list[Topic]:
    """Topics about any wording of that commitment, the newest first; of those merged, the one they went into."""
    touching = (
        select(func.coalesce(Topic.merged_into_id, Topic.id))
        .join(TopicCommitment, col(TopicCommitment.topic_id) == col(Topic.id))
        .where(TopicCommitment.commitment == commitment)
    )
    return list(
        session.exec(
            select(Topic).where(col(Topic.id).in_(touching)).order_by(col(Topic.started_at).desc(), col(Topic.id))
        )
    )


def touching_any(session: Session, commitments: Collection[int]) -> set[UUID]:
    """Topics about any wording of one of those commitments; of those merged, the one they went into."""
    found = (
        select(func.coalesce(Topic.merged_into_id, Topic.id))
        .join(TopicCommitment, col(TopicCommitment.topic_id) == col(Topic.id))
        .where(col(TopicCommitment.commitment).in_(commitments))
    )
    return set(session.exec(found))


def words_of(session: Session, topic_id: UUID) -> list[WordPromised]:
    """Every date we promised, oldest first."""
    return list(
        session.exec(
            select(WordPromised)
            .where(col(WordPromised.topic_id).in_(gathered(topic_id)))
            .order_by(col(WordPromised.promised_at), col(WordPromised.id))
        )
    )


def overdue(session: Session, today: date) -> list[Topic]:
    """Topics whose promised day has passed without a word."""
    return list(
        session.exec(
            select(Topic)
            .where(col(Topic.next_word_on) < today, col(Topic.state).not_in(SETTLED), standing())
            .order_by(col(Topic.next_word_on), col(Topic.id))
        )
    )


def owing(session: Session) -> list[Topic]:
    """Topics whose owner still owes a new date."""
    return list(
        session.exec(
            select(Topic).where(col(Topic.word_owed), standing()).order_by(col(Topic.next_word_on), col(Topic.id))
        )
    )


def how_many_by_owner(session: Session) -> dict[UUID, int]:
    """By owner, how many topics are theirs. Settled ones count: they may be opened again, and then need somebody."""
    found = session.execute(
        sa.select(col(Topic.owner_id), func.count())
        .where(col(Topic.owner_id).is_not(None))
        .group_by(col(Topic.owner_id))
    )
    return {owner: number for owner, number in found if owner}


def followers(session: Session, topic_id: UUID) -> set[UUID]:
    return set(session.exec(select(Follower.person_id).where(col(Follower.topic_id).in_(gathered(topic_id)))))


def said_true(session: Session, topic_id: UUID) -> set[UUID]:
    """Members to whom it happens too."""
    return set(session.exec(select(TrueForUs.person_id).where(col(TrueForUs.topic_id).in_(gathered(topic_id)))))


def count_true(session: Session, topic_id: UUID, until: datetime) -> Count:
    """How many members had said "true for us too" by then; each counts once, also where two topics became one."""
    people = select(func.count(sa.distinct(col(TrueForUs.person_id))))
    here = people.where(col(TrueForUs.topic_id).in_(gathered(topic_id)), col(TrueForUs.at) < until)
    return Count(session.exec(here).one())


def is_true_for(session: Session, topic_id: UUID, person_id: UUID) -> bool:
    here = col(TrueForUs.topic_id).in_(gathered(topic_id))
    return session.exec(select(TrueForUs.at).where(here, TrueForUs.person_id == person_id)).first() is not None


def merged_into(session: Session, topic_id: UUID) -> list[Topic]:
    """The topics that became part of this one, oldest first."""
    return list(
        session.exec(
            select(Topic).where(Topic.merged_into_id == topic_id).order_by(col(Topic.merged_at), col(Topic.id))
        )
    )


def raised(session: Session) -> list[Topic]:
    """What was put before the representatives and is still worked on, the newest first."""
    return list(
        session.exec(
            select(Topic)
            .where(col(Topic.raised_at).is_not(None), col(Topic.state).not_in(SETTLED), standing())
            .order_by(col(Topic.raised_at).desc(), col(Topic.id).desc())
        )
    )


def follows(session: Session, person_id: UUID) -> set[UUID]:
    """The topics this person follows; of those merged, where they went."""
    return set(
        session.exec(
            select(func.coalesce(Topic.merged_into_id, Topic.id))
            .join(Follower, col(Follower.topic_id) == col(Topic.id))
            .where(Follower.person_id == person_id)
        )
    )


def names_of(session: Session, topic_ids: Sequence[UUID]) -> dict[UUID, Topic]:
    """Topics by id, in one query."""
    return {topic.id: topic for topic in session.exec(select(Topic).where(col(Topic.id).in_(topic_ids)))}
