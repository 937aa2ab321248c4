"""How a group's size and a share are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.disclosure import Count, Limits, show, show_share
from pyramid_app.kit.say import Say


@given(st.integers(5, 100_000))
def test_five_or_more_are_shown_as_a_number(number: int) -> None:
    shown = show(Count(number))
    assert (shown.number, shown.words) == (number, Say("{n}", n=number))


def test_nobody_is_said_so() -> None:
    assert show(Count(0)).number == 0
    assert show(Count(0)).words.message == "none yet"


def test_one_to_four_look_the_same() -> None:
    shown = {show(Count(number)).words.message for number in range(1, 5)}
    assert all(show(Count(number)) == show(Count(1)) for number in range(1, 5))
    assert shown == {"fewer than {n}"}
    assert show(Count(3)).number is None
    assert dict(show(Count(3)).words.facts) == {"n": 5}


def test_an_area_may_set_its_own_limit() -> None:
    assert show(Count(7), Limits(group=8)).number is None
    assert dict(show(Count(7), Limits(group=8)).words.facts) == {"n": 8}
    assert show(Count(8), Limits(group=8)).number == 8


@given(st.integers(0, 9), st.data())
def test_a_share_of_few_is_words_that_do_not_depend_on_it(whole: int, data: st.DataObject) -> None:
    shown = show_share(Count(data.draw(st.integers(0, whole))), Count(whole))
    assert shown == show_share(Count(0), Count(0))
    assert shown.number is None
    assert shown.words.message.startswith("We show this when at least {n} people")
    assert dict(shown.words.facts) == {"n": 10}


@given(st.integers(10, 5_000), st.data())
def test_a_share_is_the_nearest_whole_percentage_and_never_claims_all_or_none(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    number = show_share(Count(part), Count(whole)).number
    assert number is not None
    assert (number == 100) is (part == whole)
    assert (number == 0) is (part == 0)
    if 1 < number < 99:
        assert abs(100 * part - number * whole) * 2 <= whole
    assert dict(show_share(Count(part), Count(whole)).words.facts) == {"percent": number}


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(2, 16, 13), (1, 1000, 1), (999, 1000, 99), (20, 30, 67), (10, 10, 100)]
)
def test_examples_of_shares(part: int, whole: int, percent: int) -> None:
    assert show_share(Count(part), Count(whole)).number == percent


def test_a_part_larger_than_the_whole_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="larger"):
        show_share(Count(11), Count(10))


def test_no_limit_divides_by_nobody() -> None:
    assert show_share(Count(0), Count(0), at_least=0).number is None
