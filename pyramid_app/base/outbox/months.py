"""When a month of letters begins, and when its monthly letter goes: the first working day, 9 am in London."""

from datetime import date, datetime, time, timedelta

from pyramid_app.kit.texts import LONDON, add_working_days, london_date, london_midnight

AT = time(9)


def month_began_at(now: datetime) -> datetime:
    """The first instant of the London month in which ``now`` lies."""
    return london_midnight(london_date(now).replace(day=1))


def next_monthly_at(now: datetime) -> datetime:
    """When the first monthly letter after ``now`` goes; somebody is there to read replies on that day."""
    first = london_date(now).replace(day=1)
    this, following = _monthly_at(first), _monthly_at((first + timedelta(days=31)).replace(day=1))
    return this if now < this else following


def _monthly_at(first: date) -> datetime:
    on = add_working_days(first - timedelta(days=1), 1)
    return datetime.combine(on, AT, LONDON)
