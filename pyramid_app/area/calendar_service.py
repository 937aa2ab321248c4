"""Keeping the area's calendar: what is added and what is removed, each with its trace in the log."""

from datetime import date
from uuid import UUID

from sqlmodel import select
from uuid6 import uuid7

from pyramid_app.area.calendar_rules import DayKind, what_is_wrong_with_period
from pyramid_app.area.models import CalendarPeriod
from pyramid_app.area.permissions import may_keep_calendar
from pyramid_app.area.queries import get_period
from pyramid_app.area.rules import Did
from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date


def add_period(work: Work, kind: str | None, name: str, from_on: date | None, until_on: date | None) -> CalendarPeriod:
    """Write it into the calendar, first and last day included. Raises ``Invalid`` by field."""
    may_keep_calendar(work.actor).enforce()
    wrong = what_is_wrong_with_period(kind, name, from_on, until_on, london_date(work.now))
    if wrong or kind is None or from_on is None or until_on is None:
        raise Invalid(wrong)
    one_at_a_time(work.session, "calendar")
    same = select(CalendarPeriod).where(
        CalendarPeriod.kind == DayKind(kind),
        CalendarPeriod.name == name,
        CalendarPeriod.from_on == from_on,
        CalendarPeriod.until_on == until_on,
    )
    if work.session.exec(same).first() is not None:
        raise Invalid({"name": Say("This is in the calendar already.")})
    period = CalendarPeriod(
        id=uuid7(), kind=DayKind(kind), name=name, from_on=from_on, until_on=until_on, added_at=work.now,
        added_by_id=work.actor.person_id,
    )  # fmt: skip
    work.session.add(period)
    work.session.flush()
    work.record(Did.PERIOD_ADDED, f"calendar:{period.id}", kind=kind, name=name, from_on=from_on, until_on=until_on)
    return period


def remove_period(work: Work, period_id: UUID) -> None:
    """Take it out; the log keeps what it was. Raises ``NotFound``."""
    may_keep_calendar(work.actor).enforce()
    period = get_period(work.session, period_id)
    work.record(
        Did.PERIOD_REMOVED, f"calendar:{period.id}", kind=period.kind, name=period.name, from_on=period.from_on,
        until_on=period.until_on,
    )  # fmt: skip
    work.session.delete(period)
