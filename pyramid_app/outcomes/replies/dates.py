"""The fair clock: days in which a partner answers, days in which it sees an answer first, when a link ends. Pure."""

from datetime import date, datetime, time, timedelta

from pyramid_app.kit.texts import LONDON, add_working_days, london_date, london_midnight

PUBLIC_AT = time(9)
"""Letters about it leave then, not at midnight."""
LINK_DAYS = timedelta(days=14)


def due_on(asked_at: datetime, days: int) -> date:
    """The last day that is in time: so many working days after the day it was asked."""
    return add_working_days(london_date(asked_at), days)


def public_at(now: datetime, days: int) -> datetime:
    """9 am of the working day after so many whole working days, none of which is today."""
    return datetime.combine(add_working_days(london_date(now), days + 1), PUBLIC_AT, LONDON)


def link_ends_at(due: date, sent_on: date) -> datetime:
    """A link works until two weeks after the day the answer is due, or after it was sent, if that is later."""
    return london_midnight(max(due, sent_on) + LINK_DAYS + timedelta(days=1))
