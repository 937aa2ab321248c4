"""A made-up calendar for the sample area: its days are likely ones, and every name says that it is a sample."""

from datetime import date, timedelta

from pyramid_app.area.calendar_rules import DayKind, Days

FIRST_EID = {"Eid al-Fitr (sample)": date(2027, 3, 10), "Eid al-Adha (sample)": date(2027, 5, 17)}
LUNAR_YEAR = 354.367
NOT_BEFORE = timedelta(days=60)
"""Whoever tries the sample can still ask a question today."""

PRE_ELECTION = timedelta(days=38)
MONDAY, THURSDAY, FRIDAY = 0, 3, 4


def sample_periods(today: date) -> list[Days]:
    """The school year around ``today`` and the one after it, in order of the first day."""
    begins = today.year if today.month >= 8 else today.year - 1
    first, until = date(begins, 8, 1), date(begins + 2, 8, 1)
    found = [*_terms(begins), *_terms(begins + 1), *_religious_days(first, until), _before_an_election(today)]
    return sorted(found, key=lambda period: (period.from_on, period.name))


def _terms(begins: int) -> list[Days]:
    """Six half terms, as many English councils have them; each from a Monday to a Friday."""
    ends = begins + 1
    spring_ends = _last(FRIDAY, date(ends, 4, 1))
    half_terms = (
        ("Autumn term, first half (sample)", _next(MONDAY, date(begins, 9, 1)), _last(FRIDAY, date(begins, 10, 23))),
        ("Autumn term, second half (sample)", _next(MONDAY, date(begins, 10, 31)), _last(FRIDAY, date(begins, 12, 21))),
        ("Spring term, first half (sample)", _next(MONDAY, date(ends, 1, 3)), _last(FRIDAY, date(ends, 2, 15))),
        ("Spring term, second half (sample)", _next(MONDAY, date(ends, 2, 20)), spring_ends),
        ("Summer term, first half (sample)", spring_ends + timedelta(days=17), _last(FRIDAY, date(ends, 5, 27))),
        ("Summer term, second half (sample)", _next(MONDAY, date(ends, 6, 2)), _last(FRIDAY, date(ends, 7, 23))),
    )
    return [Days(DayKind.TERM, name, from_on, until_on) for name, from_on, until_on in half_terms]


def _religious_days(first: date, until: date) -> list[Days]:
    """The moon's year counted from a known one; and Vaisakhi, which stays."""
    found = [Days(DayKind.RELIGIOUS, "Vaisakhi (sample)", day, day) for day in _each_year(first, until, 4, 14)]
    for name, known in FIRST_EID.items():
        turns = round((first - known).days / LUNAR_YEAR)
        days = (known + timedelta(days=round(turn * LUNAR_YEAR)) for turn in range(turns - 1, turns + 5))
        found += [Days(DayKind.RELIGIOUS, name, day, day) for day in days if first <= day < until]
    return found


def _each_year(first: date, until: date, month: int, day: int) -> list[date]:
    days = (date(year, month, day) for year in range(first.year, until.year + 1))
    return [on for on in days if first <= on < until]


def _before_an_election(today: date) -> Days:
    """Before the next local elections, the first Thursday of May, that are far enough away."""
    days = [_next(THURSDAY, date(today.year + years, 5, 1)) for years in (0, 1)]
    votes_on = next(day for day in days if day - PRE_ELECTION >= today + NOT_BEFORE)
    return Days(DayKind.PRE_ELECTION, "Before the local elections (sample)", votes_on - PRE_ELECTION, votes_on)


def _next(weekday: int, on: date) -> date:
    """That day of the week, on ``on`` or after it."""
    return on + timedelta(days=(weekday - on.weekday()) % 7)


def _last(weekday: int, on: date) -> date:
    """That day of the week, on ``on`` or before it."""
    return on - timedelta(days=(on.weekday() - weekday) % 7)
