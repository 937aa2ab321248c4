"""Days and hours as families read them: Europe/London, the weekday first, never a bare number."""

from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from babel.dates import format_date
from holidays import HolidayBase
from holidays.countries.united_kingdom import UnitedKingdom

LONDON = ZoneInfo("Europe/London")


def london_date(at: datetime) -> date:
    """The calendar day in London at that instant."""
    return at.astimezone(LONDON).date()


def london_midnight(on: date) -> datetime:
    """The first instant of that London day."""
    return datetime.combine(on, time(), LONDON)


def week_began(at: datetime) -> datetime:
    """The first instant of that London week: Monday, 0:00."""
    today = london_date(at)
    return london_midnight(today - timedelta(days=today.weekday()))


def long_date(on: date, language: str = "en") -> str:
    """``Tuesday 3 March 2027``."""
    return str(format_date(on, "EEEE d MMMM y", locale=_locale(language)))


def day(on: date, language: str = "en") -> str:
    """``Tuesday 3 March``: where the year is plain."""
    return str(format_date(on, "EEEE d MMMM", locale=_locale(language)))


def moment(at: datetime, language: str = "en") -> str:
    """``Tuesday 3 March 2027, 9 am`` (``9.30 pm``): the day, then the hour as people say it."""
    return f"{long_date(london_date(at), language)}, {clock_time(at)}"


def clock_time(at: datetime) -> str:
    """``9 am``, ``9.30 pm``: the hour in London, where the day is plain."""
    local = at.astimezone(LONDON)
    minutes = f".{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes} {'am' if local.hour < 12 else 'pm'}"


def add_working_days(on: date, days: int) -> date:
    """The date that many working days later; weekends and England's bank holidays do not count."""
    while days > 0:
        on += timedelta(days=1)
        if on.weekday() < 5 and on not in _bank_holidays():
            days -= 1
    return on


def working_days_between(first: date, last: date) -> int:
    """How many working days after ``first`` have come by ``last``: ``add_working_days`` asked the other way round."""
    if last <= first:
        return 0
    whole = sum(_working_days(year)[-1] for year in range(first.year, last.year))
    return whole + _worked_by(last) - _worked_by(first)


def _worked_by(on: date) -> int:
    return _working_days(on.year)[on.timetuple().tm_yday - 1]


@cache
def _working_days(year: int) -> list[int]:
    """By day of that year, how many of its days up to then were working days."""
    first, days = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    each = (first + timedelta(days=day) for day in range(days))
    return list(accumulate(on.weekday() < 5 and on not in _bank_holidays() for on in each))


def _locale(language: str) -> str:
    return "en_GB" if language == "en" else language


@cache
def _bank_holidays() -> HolidayBase:
    return UnitedKingdom(subdiv="ENG")
