"""The fair clock: whole working days, with England's bank holidays, and an hour at which people are awake."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.texts import LONDON, add_working_days, london_date
from pyramid_app.outcomes.replies.dates import due_on, link_ends_at, public_at

moments = st.integers(0, 4 * 365 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


def works(on):
    """By another way: the day before, one working day on, is this day."""
    return add_working_days(on - timedelta(days=1), 1) == on


def working_days(first, last):
    """After ``first``, up to and with ``last``."""
    return sum(works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2027, 3, 1, 10, tzinfo=UTC), date(2027, 3, 31)),  # over Good Friday and Easter Monday
        (datetime(2027, 3, 6, 10, tzinfo=UTC), date(2027, 4, 6)),  # asked on a Saturday
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 7, 29)),  # 1 July in London
    ],
)
def test_twenty_working_days(asked, due):
    assert due_on(asked, 20) == due


@pytest.mark.parametrize(
    ("published", "public"),
    [
        (datetime(2027, 3, 1, 10, tzinfo=UTC), datetime(2027, 3, 5, 9, tzinfo=LONDON)),  # Monday to Friday
        (datetime(2027, 3, 4, 10, tzinfo=UTC), datetime(2027, 3, 10, 9, tzinfo=LONDON)),  # over a weekend
        (datetime(2027, 3, 6, 10, tzinfo=UTC), datetime(2027, 3, 11, 9, tzinfo=LONDON)),  # from a Saturday
        (datetime(2027, 3, 24, 10, tzinfo=UTC), datetime(2027, 4, 1, 9, tzinfo=LONDON)),  # over Easter
    ],
)
def test_three_whole_working_days_and_then_nine_in_the_morning(published, public):
    assert public_at(published, 3) == public


@given(moments, st.integers(1, 90))
def test_the_day_an_answer_is_due_is_a_working_day_and_so_many_have_passed(asked, days):
    due = due_on(asked, days)
    assert works(due)
    assert working_days(london_date(asked), due) == days


@given(moments, st.integers(1, 20))
def test_partners_have_the_whole_of_each_day(now, days):
    public = public_at(now, days)
    local = public.astimezone(LONDON)
    assert (local.time(), works(local.date())) == (time(9), True)
    between = working_days(london_date(now), local.date() - timedelta(days=1))
    assert between == days


@given(st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(-60, 60))
def test_a_link_works_two_weeks_after_it_is_due_or_was_sent(due, shift):
    sent = due + timedelta(days=shift)
    ends = link_ends_at(due, sent).astimezone(LONDON)
    assert ends.date() == max(due, sent) + timedelta(days=15)
    assert ends.time() == time()
