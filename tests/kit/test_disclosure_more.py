"""Rounds of a ranking, agreement about statements, and numbers that grow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.disclosure import (
    Agreement,
    Count,
    RoundsShown,
    Sides,
    agreement,
    show_live,
    show_question,
    show_rounds,
)
from pyramid_app.kit.say import Say

A, B, C, D = "abcd"


def rounds_of(first: dict[str, int], *later: tuple[str, tuple[int, ...], int]) -> RoundsShown:
    """The first round and those after it: who left, everybody's votes, papers without a next choice."""
    answered = Count(sum(first.values()))
    counts = {name: Count(number) for name, number in first.items()}
    rounds = [(None, tuple(counts.values()), Count(0))]
    rounds += [(left, tuple(Count(n) for n in votes), Count(lost)) for left, votes, lost in later]
    return show_rounds(answered, counts, show_question(answered, counts), rounds)


def test_many_rankings_without_small_steps_show_every_round():
    shown = rounds_of({A: 30, B: 20, C: 12}, (C, (36, 26, 0), 0))
    assert [line.numbers for line in shown.full] == [(30, 20, 12), (36, 26, None)]
    assert shown.winner == A


@pytest.mark.parametrize("moved", [(33, 29, 0), (40, 20, 2)])
def test_a_small_step_hides_the_rounds_and_leaves_the_order(moved):
    shown = rounds_of({A: 30, B: 20, C: 12}, (C, (moved[0], moved[1], 0), 62 - moved[0] - moved[1]))
    assert shown.full == ()
    assert (shown.order, shown.winner) == (((C,),), A)


def test_few_rankings_show_the_order_alone():
    shown = rounds_of({A: 9, B: 7, C: 6}, (C, (9, 13, 0), 0))
    assert shown.full == ()
    assert (shown.order, shown.winner) == (((C,),), B)


def test_options_that_are_counted_together_leave_together():
    shown = rounds_of({A: 20, B: 15, C: 4, D: 3}, (D, (20, 15, 7, 0), 0), (C, (27, 15, 0, 0), 0))
    assert shown.order == ((C, D),)


def test_under_ten_there_is_nothing():
    assert rounds_of({A: 4, B: 3}).winner is None


@given(st.lists(st.integers(0, 40), min_size=3, max_size=5))
def test_no_round_ever_shows_a_small_number_or_a_small_step(numbers):
    names = [str(at) for at in range(len(numbers))]
    lowest = min(range(len(numbers)), key=numbers.__getitem__)
    after = [0 if at == lowest else n for at, n in enumerate(numbers)]
    gets = max(range(len(numbers)), key=numbers.__getitem__)
    after[gets] += numbers[lowest] if gets != lowest else 0
    shown = rounds_of(dict(zip(names, numbers, strict=True)), (names[lowest], tuple(after), 0))
    if shown.full:
        before, later = (line.numbers for line in shown.full)
        assert all(n is None or n == 0 or n >= 5 for n in before)
        assert all(b is None or abs(b - (a or 0)) in {0, *range(5, 100)} for a, b in zip(before, later, strict=True))


def sides(agree: int, disagree: int, passed: int = 0) -> Sides:
    return Sides(Count(agree), Count(disagree), Count(passed))


@pytest.mark.parametrize(
    ("groups", "whole", "wanted"),
    [
        ([], sides(15, 4), Agreement.MIXED),
        ([], sides(14, 4, 2), Agreement.AGREE),
        ([], sides(70, 10, 20), Agreement.AGREE),
        ([], sides(69, 11, 20), Agreement.MIXED),
        ([], sides(10, 70, 20), Agreement.DISAGREE),
        ([], sides(40, 45, 15), Agreement.DIVIDED),
        ([sides(30, 0), sides(10, 15)], sides(90, 15), Agreement.DIVIDED),
        ([sides(30, 0), sides(5, 14)], sides(90, 15), Agreement.AGREE),
        ([sides(16, 4), sides(16, 4)], sides(80, 20), Agreement.AGREE),
        ([sides(13, 7), sides(16, 4)], sides(80, 20), Agreement.MIXED),
    ],
)
def test_agreement(groups, whole, wanted):
    assert agreement(groups, whole) is wanted


@given(st.integers(0, 200), st.integers(0, 200))
def test_to_agree_all_reads_like_to_agree_nearly_all(people, others):
    assert agreement([], sides(people, 0)) is agreement([], sides(people, people // 4)) or people < 20
    assert agreement([], sides(0, 0, others)) is Agreement.MIXED


@given(st.integers(0, 200), st.integers(-12, 12))
def test_two_looks_at_a_live_number_never_tell_of_fewer_than_five_people(number, step):
    before, after = show_live(Count(number)), show_live(Count(max(0, number + step)))
    if before.number and after.number:
        assert before.number == after.number or abs(before.number - after.number) >= 5
    assert (after.number or 5) >= 5


def test_a_live_number_is_never_more_than_there_are():
    assert [show_live(Count(n)).number for n in (0, 1, 4, 5, 9, 10, 44)] == [0, None, None, 5, 5, 10, 40]
    assert show_live(Count(44)).words == Say("{n} or more", n=40)
