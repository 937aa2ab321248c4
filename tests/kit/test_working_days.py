"""Working days counted forwards and backwards agree."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.texts import add_working_days, working_days_between

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(DAYS, st.integers(0, 300))
def test_as_many_as_were_added(first, days):
    assert working_days_between(first, add_working_days(first, days)) == days


@given(DAYS, st.integers(0, 60))
def test_the_day_is_reached_and_the_next_working_day_is_not(first, later):
    last = first + timedelta(days=later)
    days = working_days_between(first, last)
    assert add_working_days(first, days) <= last < add_working_days(first, days + 1)


@given(DAYS, st.integers(0, 60))
def test_backwards_there_are_none(first, earlier):
    assert working_days_between(first, first - timedelta(days=earlier)) == 0


def test_easter_and_weekends_do_not_count():
    assert working_days_between(date(2027, 3, 25), date(2027, 3, 29)) == 0, "Good Friday, a weekend, Easter Monday"
    assert working_days_between(date(2026, 12, 31), date(2027, 1, 4)) == 1
