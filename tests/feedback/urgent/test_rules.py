"""At once; then on working days at 9 and every two hours until 5; never at night."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.urgent.rules import AT_ONCE, LONDON, ring

NOW = datetime(2027, 3, 1, 10, 30, tzinfo=UTC)
moments = st.timedeltas(timedelta(days=-60), timedelta(days=300)).map(lambda away: NOW + away)


@given(moments, st.booleans())
def test_the_first_ring_is_at_once_by_day_and_by_night(now, working_day):
    assert ring(None, now, working_day) == AT_ONCE


@given(moments, moments)
def test_after_that_it_rings_in_office_hours_of_working_days_alone(first, now):
    assert ring(first, now, working_day=False) is None
    name = ring(first, now, working_day=True)
    if not 9 <= now.astimezone(LONDON).hour < 17:
        assert name is None
    if name:
        assert name[-2:] in {"09", "11", "13", "15"}


@given(moments)
def test_a_whole_day_has_four_rings(day):
    midnight = day.astimezone(LONDON).replace(hour=0, minute=0)
    minutes = [midnight + timedelta(minutes=number) for number in range(0, 24 * 60, 7)]
    names = {ring(midnight - timedelta(days=1), now, working_day=True) for now in minutes}
    assert len(names - {None}) == 4


def test_no_second_ring_for_the_hours_in_which_the_first_one_was():
    assert ring(NOW, NOW + timedelta(minutes=1), True) is None
    assert ring(NOW, NOW.replace(hour=11), True) == "2027-03-01 11"
    assert ring(NOW, NOW.replace(hour=17), True) is None


def test_summer_time_is_londons():
    june = datetime(2027, 6, 1, 8, 5, tzinfo=UTC)
    assert ring(june - timedelta(days=1), june, True) == "2027-06-01 09"
