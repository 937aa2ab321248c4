"""Sums over voices, made by the database: for figures that everybody may see. No row of a voice leaves here.

Kept in one place, so that what counts as a message, as sorted and as waiting is said once.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.base.db import table
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Sorting, Stage
from pyramid_app.kit.texts import LONDON, london_midnight
from pyramid_app.topics.models import Topic, TopicCommitment

voice = table(Voice)
IS_FILED = voice.c.topic_id.is_not(None)
IS_ANSWERED = voice.c.sorted_as.in_((Sorting.FILED, Sorting.THANKED))
"""Sorted in a way that writes the first answer."""
WAITS = voice.c.sorted_at.is_(None) & voice.c.topic_id.is_(None)
IS_HEARD_FROM_AGAIN = voice.c.person_id.is_not(None) & voice.c.tell
"""Somebody who can be told, and wants to be."""


def london_day(session: Session, moment: Any, first: date, last: date) -> Any:
    """The London day of moments between those days: in SQL, for grouping; ``to_date`` reads it."""
    if session.get_bind().dialect.name == "postgresql":
        return sa.cast(func.timezone(str(LONDON), moment), sa.Date)
    # SQLite knows no zones: in summer the clock is an hour ahead.
    summer = [
        (moment >= start) & (moment < end)
        for year in range(first.year, last.year + 1)
        for start, end in [_summer(year)]
    ]
    ahead = sa.case((sa.or_(*summer), "+1 hour"), else_="+0 hours")
    return func.date(moment, ahead, type_=sa.Text())


def to_date(day: date | str) -> date:
    """What ``london_day`` found."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def _summer(year: int) -> tuple[datetime, datetime]:
    """The two instants at which London's clock changes, by asking it day after day."""
    days = [datetime(year, 1, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(366)]
    light = [at for at in days if at.astimezone(LONDON).utcoffset()]
    return light[0], light[-1] + timedelta(days=1)


def first_answers(session: Session, first: date, until: date) -> list[tuple[date, date, int]]:
    """Of voices received from that day on and before ``until``: received on, first answered on, how many."""
    came = london_day(session, voice.c.received_at, first, until)
    went = london_day(session, voice.c.sorted_at, first, date(until.year + 1, 1, 1))
    each = (
        sa.select(came.label("came"), went.label("went"))
        .where(
            IS_ANSWERED, voice.c.received_at >= london_midnight(first),
            voice.c.received_at < london_midnight(until),
        )
        .subquery()
    )  # fmt: skip
    rows = session.execute(sa.select(each.c.came, each.c.went, func.count()).group_by(each.c.came, each.c.went))
    return [(to_date(received), to_date(filed), number) for received, filed, number in rows]


def waiting_since(session: Session, *edges: datetime) -> list[int]:
    """Messages nobody has sorted: how many came after the first edge, between the first and the second, and so on."""
    part = sa.case(*((voice.c.received_at > edge, at) for at, edge in enumerate(edges)), else_=len(edges))
    each = sa.select(part.label("part")).where(WAITS).subquery()
    rows = session.execute(sa.select(each.c.part, func.count()).group_by(each.c.part))
    found: dict[int, int] = dict(iter(rows))
    return [found.get(at, 0) for at in range(len(edges) + 1)]


def where_they_went(session: Session) -> tuple[int, int]:
    """``(said, all)`` filed voices: said where they went, to a promise's edition or, with a reason, elsewhere."""
    topic, link = table(Topic), table(TopicCommitment)
    linked = sa.exists().where(link.c.topic_id == topic.c.id)
    told = (func.coalesce(topic.c.outside, "") != "") | linked
    by_topic = (
        sa.select(voice.c.topic_id, func.count().label("number")).where(IS_FILED).group_by(voice.c.topic_id).subquery()
    )
    said, whole = session.execute(
        sa.select(
            func.coalesce(func.sum(sa.case((told, by_topic.c.number), else_=0)), 0),
            func.coalesce(func.sum(by_topic.c.number), 0),
        ).join_from(by_topic, topic, topic.c.id == by_topic.c.topic_id)
    ).one()
    return int(said), int(whole)


def who_spoke_since(session: Session, since: datetime) -> list[UUID]:
    """Everybody who told us something since then and can hear from us."""
    spoke = sa.select(voice.c.person_id).where(IS_HEARD_FROM_AGAIN, voice.c.received_at >= since)
    return list(session.scalars(spoke.distinct().order_by(voice.c.person_id)))


def last_words(session: Session, people: list[UUID], since: datetime) -> dict[UUID, str]:
    """By person: their own latest words, for letters to themselves."""
    rows = session.exec(
        select(Voice.person_id, VoiceText.text)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(
            VoiceText.stage == Stage.RAW, col(Voice.person_id).in_(people), col(Voice.tell),
            col(Voice.received_at) >= since,
        )
        .order_by(col(Voice.received_at), col(Voice.id))
    )  # fmt: skip
    return {person_id: text for person_id, text in rows if person_id}


def has_said(session: Session, person_id: UUID, text: str, since: datetime) -> bool:
    """Whether this person has sent exactly these words since then: a button pressed twice says them once."""
    found = (
        select(Voice.id)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(
            VoiceText.stage == Stage.RAW, Voice.person_id == person_id, VoiceText.text == text,
            col(Voice.received_at) >= since,
        )
    )  # fmt: skip
    return session.exec(found.limit(1)).first() is not None
