"""The told rate: the share of those who spoke who got a real answer within 90 days, as one sum in the database.

Days that are over are kept in ``told_day``, counted anew once a day; only what is not kept is counted when asked.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, func

from pyramid_app.base.db import table
from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback import sums
from pyramid_app.kit.disclosure import Count, Shown, show_share
from pyramid_app.kit.texts import london_date, london_midnight
from pyramid_app.outcomes.figures.models import ToldDay
from pyramid_app.outcomes.figures.rules import told_window
from pyramid_app.outcomes.rules import TOLD_FROM, TOLD_UNTIL, TOLD_WITHIN
from pyramid_app.topics.models import Topic

_kept, _letter, _voice, _topic = table(ToldDay), table(Letter), sums.voice, table(Topic)
_gone_to = (
    sa.select(_topic.c.merged_into_id).where(_topic.c.id == _voice.c.topic_id).correlate(_voice).scalar_subquery()
)
"""Where the story of the voice's topic goes on, if it was merged: letters are about that one since."""


def told_rate(session: Session, now: datetime) -> Shown:
    """The one number. Under ten people, words."""
    first, until = told_window(london_date(now), TOLD_FROM, TOLD_UNTIL)
    last, spoke, told = session.execute(_KEPT, {"first": first, "until": until}).one()
    begin = max(last + timedelta(days=1), first) if last else first
    times = {"start": london_midnight(begin), "end": london_midnight(until)}
    more_spoke, more_told = session.execute(_counted(session), times).one()
    return show_share(Count(told + more_told), Count(spoke + more_spoke))


def is_counted(session: Session, today: date) -> bool:
    """Whether the days that are over have been counted today."""
    return session.execute(sa.select(func.max(_kept.c.counted_on))).scalar() == today


def count_days(session: Session, now: datetime) -> list[ToldDay]:
    """Every day of the window with what was said on it, counted anew: for ``keep``."""
    today = london_date(now)
    first, until = told_window(today, TOLD_FROM, TOLD_UNTIL)
    each = (
        sa.select(
            sums.london_day(session, _voice.c.received_at, first, until).label("day"),
            sa.case((_was_told(session), 1), else_=0).label("told"),
        )
        .where(sums.IS_HEARD_FROM_AGAIN, *_between(london_midnight(first), london_midnight(until)))
        .subquery()
    )
    counted = session.execute(sa.select(each.c.day, func.count(), func.sum(each.c.told)).group_by(each.c.day))
    days = {sums.to_date(day): (spoke, int(told)) for day, spoke, told in counted}
    # The last day stands there also when nobody spoke on it: what is kept ends there.
    days.setdefault(until - timedelta(days=1), (0, 0))
    return [ToldDay(on=on, spoke=spoke, told=told, counted_on=today) for on, (spoke, told) in sorted(days.items())]


_KEPT = sa.select(
    func.max(_kept.c.on), func.coalesce(func.sum(_kept.c.spoke), 0), func.coalesce(func.sum(_kept.c.told), 0)
).where(_kept.c.on >= sa.bindparam("first"), _kept.c.on < sa.bindparam("until"))


def _counted(session: Session) -> sa.Select[tuple[int, int]]:
    told = func.coalesce(func.sum(sa.case((_was_told(session), 1), else_=0)), 0)
    asked = sa.select(func.count(), told).select_from(_voice)
    return asked.where(sums.IS_HEARD_FROM_AGAIN, *_between(sa.bindparam("start"), sa.bindparam("end")))


def _between(start: object, end: object) -> tuple[sa.ColumnElement[bool], ...]:
    return _voice.c.received_at >= start, _voice.c.received_at < end


def _was_told(session: Session) -> sa.Exists:
    """Whether a letter with an answer to the voice's topic left in time for its speaker."""
    took = sa.extract("epoch", _letter.c.sent_at) - sa.extract("epoch", _voice.c.received_at)
    return sa.exists().where(
        _letter.c.kind == "outcome",
        _letter.c.person_id == _voice.c.person_id,
        _letter.c.about.in_([_about(session, _voice.c.topic_id), _about(session, _gone_to)]),
        _letter.c.sent_at >= _voice.c.received_at,
        took <= TOLD_WITHIN.total_seconds(),
    )


def _about(session: Session, topic_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[str]:
    """``topic:`` and the topic's id as Python writes it; SQLite keeps an id without its dashes."""
    if session.get_bind().dialect.name == "postgresql":
        return sa.literal("topic:") + sa.cast(topic_id, sa.Text)
    plain = sa.type_coerce(topic_id, sa.Text)
    parts = [func.substr(plain, start, length) for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))]
    text: sa.ColumnElement[str] = sa.literal("topic:")
    for number, part in enumerate(parts):
        text = text + (sa.literal("-") if number else sa.literal("")) + part
    return text
