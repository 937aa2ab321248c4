"""Who can undo a change of addresses, and which of them ends only with a code from itself: pure."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.accounts.changing.rules import may_put_back
from pyramid_app.accounts.rules import KNOWN_AFTER, known_from, needs_code

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
TIMES = st.integers(0, 60 * 24).map(lambda hours: NOW - timedelta(hours=hours))


def days_ago(days):
    return NOW - timedelta(days=days)


def test_the_last_of_the_old_ones_ends_only_with_a_code_from_it():
    assert needs_code(days_ago(100), [days_ago(1)], NOW)
    assert needs_code(days_ago(100), [days_ago(1), days_ago(13)], NOW)
    assert not needs_code(days_ago(100), [days_ago(1), days_ago(200)], NOW)
    assert not needs_code(days_ago(100), [days_ago(14)], NOW), "it has stood for long enough"
    assert not needs_code(days_ago(1), [days_ago(3)], NOW), "the older one stays, though it is new as well"


@given(TIMES, st.lists(TIMES, min_size=1))
def test_from_the_day_that_is_named_no_code_is_needed(since, others):
    assert not needs_code(since, others, known_from(others))
    if needs_code(since, others, NOW):
        assert needs_code(since, others, known_from(others) - timedelta(seconds=1))


@given(TIMES, TIMES, st.lists(TIMES))
def test_a_new_address_can_never_undo_what_becomes_of_an_older_one(new, old, others):
    if old < new:
        assert not may_put_back(new, old, others, is_it=False)
        assert may_put_back(old, new, others, is_it=False)
        assert not may_put_back(new, new, [*others, old], is_it=True), "nor come back by itself, while an older stands"


@given(st.lists(TIMES, min_size=2, unique=True))
def test_whatever_ends_somebody_can_put_it_back(times):
    for ended in times:
        left = [one for one in times if one != ended]
        assert may_put_back(ended, ended, left, is_it=True) or any(
            may_put_back(one, ended, left, is_it=False) for one in left
        )
    assert timedelta(days=14) == KNOWN_AFTER
