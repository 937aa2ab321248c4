"""The area's settings as they stand at an instant, and how they came to be; and its calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pyramid_app.area.calendar_rules import DayKind
from pyramid_app.area.models import CalendarPeriod, Setting
from pyramid_app.area.settings import AreaSettings
from pyramid_app.area.term_rules import Term, thirds_of
from pyramid_app.base.db import table
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class Change:
    """One change of one setting: who, when, from what to what, and why."""

    name: str
    old: Any
    new: Any
    at: datetime
    by_id: UUID | None
    why: str


def settings_of(session: Session, now: datetime) -> AreaSettings:
    """Defaults, and over them the newest row of each name that is not in the future."""
    rows = session.execute(_SETTINGS, {"now": now})
    # Oldest first: the newest of each name is the one that stays.
    return AreaSettings(**{row.name: row.value for row in rows})


_setting = table(Setting)
_SETTINGS = (
    sa.select(_setting.c.name, _setting.c.value)
    .where(_setting.c.from_at <= sa.bindparam("now"))
    .order_by(_setting.c.from_at, _setting.c.id)
)


def history(session: Session, name: str | None = None) -> list[Change]:
    """Every change, of one setting or of all, newest first, each with what held before it."""
    chosen = select(Setting).order_by(col(Setting.from_at), col(Setting.id))
    if name is not None:
        chosen = chosen.where(Setting.name == name)
    held, changes = AreaSettings().model_dump(mode="json"), []
    for row in session.exec(chosen):
        changes.append(Change(row.name, held.get(row.name), row.value, row.from_at, row.by_id, row.why))
        held[row.name] = row.value
    return changes[::-1]


def list_periods(session: Session, since: date) -> list[CalendarPeriod]:
    """Everything in the calendar that lasts until ``since`` or later, in order of the first day."""
    return list(
        session.exec(
            select(CalendarPeriod)
            .where(col(CalendarPeriod.until_on) >= since)
            .order_by(col(CalendarPeriod.from_on), col(CalendarPeriod.id))
        )
    )


def list_terms(session: Session, since: date, today: date) -> list[Term]:
    """School terms that have begun and end after ``since``, as the calendar has them, else thirds of the year.

    The newest first.
    """
    held = [
        Term(Say("{name}", name=period.name), period.from_on, period.until_on)
        for period in list_periods(session, since)
        if period.kind is DayKind.TERM and period.from_on <= today
    ]
    return (held or thirds_of(since, today))[::-1]


def periods_between(session: Session, start: date, end: date) -> list[CalendarPeriod]:
    """What has at least one day from ``start`` up to ``end``, which is the first day that does not count."""
    return list(
        session.exec(
            select(CalendarPeriod)
            .where(col(CalendarPeriod.until_on) >= start, col(CalendarPeriod.from_on) < end)
            .order_by(col(CalendarPeriod.from_on), col(CalendarPeriod.id))
        )
    )


def get_period(session: Session, period_id: UUID) -> CalendarPeriod:
    period = session.get(CalendarPeriod, period_id)
    if period is None:
        raise NotFound
    return period
