"""Suggestions for the desk, learned from what people filed. Raw words teach; only topics and promises come out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.charter import queries as charter
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Stage
from pyramid_app.feedback.suggesting.ranking import Learned, learn
from pyramid_app.feedback.suggesting.rules import LIKE, MOST, NEWEST, enough, start_of_the_hour
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic, TopicCommitment
from pyramid_app.topics.rules import SETTLED

Facts = tuple[Any, ...]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Suggested:
    """For one message: open topics and promises of today, the best first. Empty where too little has been filed."""

    topics: list[Topic]
    commitments: list[int]


def suggest(session: Session, now: datetime, said: Sequence[str], most: int = MOST) -> list[Suggested]:
    """For each of these messages, in order; a page of them takes as few statements as one."""
    learned = _learned(session, start_of_the_hour(now))
    ranked = [learned.rank(words, len(learned.labels), like=LIKE) for words in said]
    if not any(ranked):
        return [Suggested([], []) for _ in ranked]
    open_topics, promises = _open(session, learned.labels), _promises(session, learned.labels)
    best = [[topic_id for topic_id in one if topic_id in open_topics][:most] for one in ranked]
    named = topics.names_of(session, _once(topic_id for one in best for topic_id in one))
    return [
        Suggested(
            [named[topic_id] for topic_id in chosen],
            _once(number for topic_id in one for number in promises.get(topic_id, ()))[:most],
        )
        for one, chosen in zip(ranked, best, strict=True)
    ]


def suggest_topics(session: Session, now: datetime, words: str, most: int = MOST) -> list[Topic]:
    """Open topics under which messages like this one were filed, the best first."""
    return suggest(session, now, [words], most)[0].topics


_remembered: WeakKeyDictionary[sa.Engine, tuple[Facts, Learned[UUID]]] = WeakKeyDictionary()
"""Learned once a process, until there is something new to learn: it takes longer than a page."""


def _learned(session: Session, until: datetime) -> Learned[UUID]:
    engine, facts = session.get_bind().engine, _facts(session, until)
    known = _remembered.get(engine)
    if known is None or known[0] != facts:
        known = _remembered[engine] = (facts, _learn(session, until))
    return known[1]


def _learn(session: Session, until: datetime) -> Learned[UUID]:
    lessons = _lessons(session, until)
    may_be_suggested = enough(topic_id for _, topic_id in lessons)
    described = {
        topic_id: f"{topic.title} {topic.summary}"
        for topic_id, topic in topics.names_of(session, sorted(may_be_suggested)).items()
    }
    return learn(((words, {topic_id}) for words, topic_id in lessons if topic_id in may_be_suggested), described)


def _facts(session: Session, until: datetime) -> Facts:
    """What differs as soon as there is something new to learn, or to forget: filed, moved, erased, merged."""
    newest = (
        sa.select(col(Voice.sorted_at).label("sorted_at"))
        .where(*_teaches(until))
        .order_by(col(Voice.sorted_at).desc(), col(Voice.id).desc())
        .limit(NEWEST)
        .subquery()
    )
    merged = select(func.count()).where(col(Topic.merged_into_id).is_not(None))
    sorted_at = newest.c.sorted_at
    return tuple(
        session.execute(
            sa.select(func.count(), func.min(sorted_at), func.max(sorted_at), merged.scalar_subquery())
        ).one()
    )


def _lessons(session: Session, until: datetime) -> list[tuple[str, UUID]]:
    rows = session.exec(
        select(VoiceText.text, func.coalesce(Topic.merged_into_id, Topic.id))
        .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
        .join(Topic, col(Topic.id) == col(Voice.topic_id))
        .where(VoiceText.stage == Stage.RAW, *_teaches(until))
        .order_by(col(Voice.sorted_at).desc(), col(Voice.id))
        .limit(NEWEST)
    )
    return [(words, topic_id) for words, topic_id in rows]


def _teaches(until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Filed by a person, and not about one's own child: what a family says of a child leaves no trace elsewhere."""
    return (
        col(Voice.about) == About.SYSTEM,
        col(Voice.topic_id).is_not(None),
        col(Voice.sorted_by_id).is_not(None),
        col(Voice.sorted_at) < until,
    )


def _open(session: Session, topic_ids: Collection[UUID]) -> set[UUID]:
    here = (col(Topic.id).in_(topic_ids), col(Topic.state).not_in(SETTLED), topics.standing())
    return set(session.exec(select(Topic.id).where(*here)))


def _promises(session: Session, topic_ids: Collection[UUID]) -> dict[UUID, list[int]]:
    """By topic: the promises of the present edition that it touches."""
    links = session.exec(
        select(TopicCommitment.topic_id, TopicCommitment.commitment)
        .where(col(TopicCommitment.topic_id).in_(topic_ids))
        .order_by(col(TopicCommitment.commitment))
    ).all()
    today = {wording.commitment for wording in charter.current_wordings(session, {number for _, number in links})}
    promises: dict[UUID, list[int]] = {}
    for topic_id, number in links:
        if number in today:
            promises.setdefault(topic_id, []).append(number)
    return promises


def _once(items: Iterable[Item]) -> list[Item]:
    """Without repetition, in order."""
    return list(dict.fromkeys(items))
