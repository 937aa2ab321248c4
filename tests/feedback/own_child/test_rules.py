"""What a link still opens, what a hand-over and a receipt need, and when somebody must ring."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.own_child.rules import (
    KEPT,
    Link,
    Place,
    link_state,
    rings_on_desk,
    what_is_wrong_with_hand_over,
    what_is_wrong_with_receipt,
)

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)
TODAY = NOW.date()
times = st.timedeltas(timedelta(days=-365), timedelta(days=365)).map(lambda away: NOW + away)


@given(st.integers(1, 9), st.integers(1, 9), st.none() | times, st.booleans())
def test_a_link_is_open_only_if_it_is_the_newest_the_words_are_here_and_nobody_has_them(version, newest, at, here):
    opens = link_state(version, newest, at, here) is Link.OPEN
    assert opens == (version == newest and at is None and here)


def test_what_was_received_says_so_whichever_link_is_used():
    assert link_state(1, 3, NOW, False) is Link.RECEIVED
    assert link_state(1, 3, None, True) is Link.OLD
    assert link_state(3, 3, None, False) is Link.GONE


@given(st.sets(st.sampled_from(Place)), st.none() | st.sampled_from(Place))
def test_only_a_place_that_is_offered_gets_words(offered, place):
    assert ("place" in what_is_wrong_with_hand_over(place, offered, "")) == (place not in offered)


@pytest.mark.parametrize("phone", ["", "07700 900123", "+44 (0)20 7946-0000", "020.7946.0000"])
def test_a_number_as_people_write_it(phone):
    assert what_is_wrong_with_hand_over(Place.ADVICE, set(Place), phone) == {}


@pytest.mark.parametrize("phone", ["ring my mum", "12", "0" * 41, "07700 900123 after 6", "https://example.org"])
def test_what_is_no_number_is_said(phone):
    assert "phone" in what_is_wrong_with_hand_over(Place.ADVICE, set(Place), phone)


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_the_day_somebody_rings_is_one_of_the_next_sixty(on):
    wrong = what_is_wrong_with_receipt("Jo", on, rings=True, today=TODAY)
    assert bool(wrong) == (not 0 <= (on - TODAY).days <= 60)


def test_who_has_it_is_always_needed_and_a_day_where_there_is_a_number():
    assert set(what_is_wrong_with_receipt("", None, rings=True, today=TODAY)) == {"who", "ring_on"}
    assert what_is_wrong_with_receipt("Jo", None, rings=False, today=TODAY) == {}


@given(st.timedeltas(timedelta(), timedelta(days=90)), st.booleans())
def test_somebody_must_ring_once_the_days_are_over_and_nobody_said_yes(ago, received):
    assert rings_on_desk(NOW - ago, NOW if received else None, NOW) == (ago >= KEPT and not received)
