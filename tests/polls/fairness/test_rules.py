"""How long, how often, and when a close may move: pure."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.polls.fairness.rules import (
    LONDON,
    Booked,
    LookState,
    a_day_later,
    clashes,
    close_after_late_format,
    close_after_outage,
    is_too_short,
    look_state,
    what_is_wrong_with_extension,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
CLOSE = datetime(2027, 3, 14, 22, tzinfo=LONDON)


def test_shorter_only_with_a_reason():
    assert is_too_short(NOW, NOW + timedelta(days=13), 14, "") is not None
    assert is_too_short(NOW, NOW + timedelta(days=13), 14, "The board meets early.") is None
    assert is_too_short(NOW, NOW + timedelta(days=14), 14, "") is None


days = st.dates(date(2027, 1, 1), date(2027, 6, 30))


@given(days, st.lists(days, max_size=6), st.integers(0, 60))
def test_no_family_is_asked_twice_within_the_gap_and_the_day_offered_is_free(opens_on, others, gap):
    booked = [Booked("Other", one) for one in others]
    said = clashes(opens_on, booked, gap)
    near = [one for one in others if abs((one - opens_on).days) < gap]
    assert (said is None) is (not near)
    if said:
        free = said.facts["free"]
        assert isinstance(free, date)
        assert free >= opens_on
        assert clashes(free, booked, gap) is None


def test_two_marks_or_three_days_are_enough():
    asked = [NOW, NOW]
    assert look_state([], 0, 2, NOW, 3) is LookState.NOT_ASKED
    assert look_state([], 0, 0, NOW, 3) is LookState.NOBODY
    assert look_state(asked, 1, 0, NOW, 3) is LookState.WAITING
    assert look_state(asked, 2, 0, NOW, 3) is LookState.DONE
    assert look_state(asked, 0, 0, NOW + timedelta(days=3), 3) is LookState.DONE
    assert look_state([NOW], 1, 0, NOW, 3) is LookState.DONE


@given(st.integers(0, 366 * 24))
def test_a_day_later_is_the_same_hour_in_london(hours):
    at = NOW + timedelta(hours=hours)
    later = a_day_later(at)
    assert later > at
    assert later.replace(tzinfo=None) - at.astimezone(LONDON).replace(tzinfo=None) == timedelta(days=1)


def test_an_outage_gives_everybody_a_day():
    assert close_after_outage(CLOSE, timedelta(minutes=14)) is None
    assert close_after_outage(CLOSE, timedelta(minutes=15)) == CLOSE + timedelta(days=1)


def test_a_late_format_gives_a_week():
    assert close_after_late_format(CLOSE, CLOSE - timedelta(days=8)) is None
    moved = close_after_late_format(CLOSE, CLOSE - timedelta(days=2))
    assert moved == CLOSE + timedelta(days=5)


def test_a_close_moves_later_only_and_never_into_the_night():
    later = CLOSE + timedelta(days=1)
    assert what_is_wrong_with_extension(NOW, CLOSE, later, date(2027, 4, 30)) == {}
    assert set(what_is_wrong_with_extension(NOW, CLOSE, CLOSE, date(2027, 4, 30))) == {"closes_on"}
    assert set(what_is_wrong_with_extension(NOW, CLOSE, later.replace(hour=3), date(2027, 4, 30))) == {
        "closes_on", "closes_hour",
    } - ({"closes_on"} if later.replace(hour=3) > CLOSE else set())  # fmt: skip
    assert set(what_is_wrong_with_extension(NOW, CLOSE, later, date(2027, 3, 15))) == {"next_by"}
