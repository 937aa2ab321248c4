"""Looking at topics: what they touch, when the next word is due, who follows."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.charter.models import Wording
from pyramid_app.topics.models import Follower, Topic, TopicCommitment, WordPromised
from pyramid_app.topics.rules import SETTLED


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


def list_topics(session: Session, *, page: int = 1, size: int = 20) -> list[Topic]:
    """Late ones first, then by the date of the next word; settled ones last, the newest first."""
    return list(
        session.exec(
            select(Topic)
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
    return session.exec(select(func.count()).select_from(Topic)).one()


def current(session: Session) -> list[Topic]:
    """Those still worked on, the newest first: what a message can be filed under."""
    return list(
        session.exec(
            select(Topic).where(col(Topic.state).not_in(SETTLED)).order_by(col(Topic.started_at).desc(), col(Topic.id))
        )
    )


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
            .where(TopicCommitment.topic_id == topic_id)
            .order_by(col(Wording.commitment))
        )
    )


def topics_touching(session: Session, commitment: int) -> list[Topic]:
    """Topics about any wording of that commitment, the newest first."""
    return list(
        session.exec(
            select(Topic)
            .where(col(Topic.id).in_(select(TopicCommitment.topic_id).where(TopicCommitment.commitment == commitment)))
            .order_by(col(Topic.started_at).desc(), col(Topic.id))
        )
    )


def words_of(session: Session, topic_id: UUID) -> list[WordPromised]:
    """Every date we promised, oldest first."""
    return list(
        session.exec(
            select(WordPromised)
            .where(WordPromised.topic_id == topic_id)
            .order_by(col(WordPromised.promised_at), col(WordPromised.id))
        )
    )


def overdue(session: Session, today: date) -> list[Topic]:
    """Topics whose promised day has passed without a word."""
    return list(
        session.exec(
            select(Topic)
            .where(col(Topic.next_word_on) < today, col(Topic.state).not_in(SETTLED))
            .order_by(col(Topic.next_word_on))
        )
    )


def owing(session: Session) -> list[Topic]:
    """Topics whose owner still owes a new date."""
    return list(session.exec(select(Topic).where(col(Topic.word_owed)).order_by(col(Topic.next_word_on))))


def followers(session: Session, topic_id: UUID) -> set[UUID]:
    return set(session.exec(select(Follower.person_id).where(Follower.topic_id == topic_id)))


def follows(session: Session, person_id: UUID) -> set[UUID]:
    return set(session.exec(select(Follower.topic_id).where(Follower.person_id == person_id)))


def names_of(session: Session, topic_ids: Sequence[UUID]) -> dict[UUID, Topic]:
    """Topics by id, in one query."""
    return {topic.id: topic for topic in session.exec(select(Topic).where(col(Topic.id).in_(topic_ids)))}
