"""What the numbers of a vote on the charter come to."""

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.polls.ratifying.rules import what_is_wrong_with_choice, why_it_falls

PEOPLE = st.integers(0, 2000)


def test_a_tenth_of_the_roll_and_more_for_than_against():
    assert why_it_falls(6, 4, 10, 100, 10, 50) is None
    assert "Too few" in why_it_falls(6, 3, 9, 100, 10, 50).message
    assert "Not more families" in why_it_falls(5, 5, 10, 100, 10, 50).message


def test_who_is_not_sure_counts_for_the_quorum_alone():
    assert why_it_falls(2, 1, 10, 100, 10, 50) is None


def test_a_higher_share_is_more_than_that_share():
    assert why_it_falls(60, 30, 100, 100, 10, 66) is None
    assert why_it_falls(66, 34, 100, 100, 10, 66) is not None


@given(PEOPLE, PEOPLE, PEOPLE, st.integers(1, 100), st.integers(50, 99))
def test_one_more_yes_never_makes_it_fall(yes, no, unsure, quorum, share):
    answered = yes + no + unsure
    if why_it_falls(yes, no, answered, 2000, quorum, share) is None:
        assert why_it_falls(yes + 1, no, answered + 1, 2000, quorum, share) is None


def test_nothing_is_adopted_where_nobody_voted():
    assert why_it_falls(0, 0, 0, 0, 10, 50) is not None


def test_two_drafts_of_one_promise_are_not_asked_together():
    assert "promise {number}" in what_is_wrong_with_choice(2, [9])["drafts"].message
