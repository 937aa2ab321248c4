"""The order of the desk, and what may not be split."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.filing.rules import Place, place_of, what_is_wrong_with_split

TODAY = date(2027, 3, 1)
AT = datetime(2027, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgent_at", "seen_at", "owed", "due", "place"),
    [
        (AT, None, False, date(2027, 3, 15), Place.URGENT),
        (AT, AT, False, date(2027, 3, 15), Place.REST),
        (AT, AT, False, TODAY, Place.DUE),
        (None, None, True, date(2027, 3, 15), Place.DUE),
        (None, None, False, date(2027, 3, 2), Place.REST),
    ],
)
def test_what_may_be_urgent_comes_first_then_what_is_due(urgent_at, seen_at, owed, due, place):
    assert place_of(urgent_at, seen_at, owed, due, TODAY) is place


@given(st.integers(0, 60), st.integers(0, 60))
def test_some_go_and_some_stay(chosen, whole):
    assert bool(what_is_wrong_with_split(chosen, whole)) == (not 0 < chosen < whole)
