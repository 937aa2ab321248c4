"""Answers that somebody adds herself help to reach no limit: what a reader has left who subtracts them is enough."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pyramid_app.kit.disclosure import (
    REST,
    Agreement,
    BreakdownShown,
    Count,
    Limits,
    QuestionShown,
    Sides,
    agreement,
    show,
    show_breakdown,
    show_live,
    show_question,
    show_rounds,
)
from tests.kit.test_disclosure_breakdown import tables_that_fit

OPTIONS = "ABCDEF"
NUMBERS = st.integers(0, 12)


def counts(firm: Sequence[int], late: Sequence[int]) -> dict[str, Count]:
    return {name: Count(a + b, b) for name, a, b in zip(OPTIONS, firm, late, strict=False)}


def question(firm: Sequence[int], late: Sequence[int], more_firm: int = 0, more_late: int = 0) -> QuestionShown:
    """``more…``: where several may be chosen, those who answered are others than the sum."""
    tallies = counts(firm, late)
    answered = [max([*part, sum(part) - more]) for part, more in ((firm, more_firm), (late, more_late))]
    return show_question(Count(sum(answered), answered[1]), tallies)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 50))
def test_a_limit_is_held_against_those_who_are_firm(firm: int, late: int, limit: int) -> None:
    count = Count(firm + late, late)
    assert (count >= limit) is (firm >= limit)
    assert (count < limit) is (firm < limit)
    assert (count + Count(3, 1) >= limit) is (firm + 2 >= limit)
    assert (count > Count(limit)) is (firm + late > limit)


@pytest.mark.parametrize(("number", "late"), [(3, 4), (3, -1), (3, True), (3, 1.0), (3, None)])
def test_those_who_came_late_are_part_of_all(number: int, late: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        Count(number, late)  # type: ignore[arg-type]


@given(st.integers(0, 60), st.integers(1, 60))
def test_of_fewer_than_five_firm_people_nothing_is_said_however_many_come_besides(firm: int, late: int) -> None:
    count = Count(firm + late, late)
    for shown in (show(count), show_live(count)):
        if firm < 5:
            assert shown == show(Count(late, late)), "nobody is as few"
            assert shown.number is None
        else:
            assert shown.number


numbers = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(numbers, st.integers(0, 6), st.integers(0, 6))
@example([(1, 5), (0, 5), (0, 5), (0, 5)], 0, 0)
@example([(0, 0), (0, 5), (10, 5), (9, 5)], 0, 0)
def test_who_subtracts_her_own_answers_reads_what_stood_there_without_them(pairs, more_firm, more_late) -> None:
    """The whole proof: what is published with them is what is published without them, and numbers that she knows."""
    firm, late = zip(*pairs, strict=True)
    both, alone = question(firm, late, more_firm, more_late), question(firm, [0] * len(firm), more_firm)
    known = dict(zip(OPTIONS, late, strict=False))
    left = {line.options: line.number - sum(known[option] for option in line.options) for line in both.lines}
    assert left == {line.options: line.number for line in alone.lines}
    assert all(number >= 5 for number in left.values())
    assert bool(both.words) is bool(alone.words)


def test_words_stay_true_where_many_answered_and_few_of_them_had_joined_before() -> None:
    few = question((1, 0, 0, 0), (5, 5, 5, 5)).words
    assert few is not None
    assert "had joined before it opened" in few.message
    assert few == question((9, 0, 0, 0), (5, 5, 5, 5)).words == question((0, 0, 0, 0), (1, 0, 0, 0)).words


grids = st.lists(st.tuples(*[st.tuples(NUMBERS, NUMBERS)] * 3), min_size=2, max_size=3)


def breakdown(firm: Sequence[Sequence[int]], late: Sequence[Sequence[int]]) -> BreakdownShown:
    groups = [
        (f"group {at}", Count(sum(row) + sum(more), sum(more)), counts(row, more))
        for at, (row, more) in enumerate(zip(firm, late, strict=True))
    ]
    whole = {name: sum((tally[name] for _, _, tally in groups), Count(0)) for name in OPTIONS[:3]}
    answered = sum((people for _, people, _ in groups), Count(0))
    shown = show_question(answered, whole)
    return show_breakdown(shown, answered, whole, groups, once_each=True)


@settings(max_examples=200, deadline=None)
@given(grids)
@example([((20, 0), (20, 0), (1, 15)), ((20, 0), (20, 0), (20, 0))])
def test_no_small_cell_of_firm_answers_can_be_worked_out_by_whoever_knows_the_others(rows) -> None:
    firm, late = ([[pair[part] for pair in row] for row in rows] for part in (0, 1))
    shown = breakdown(firm, late)
    if sum(map(sum, firm)) < 20:
        assert shown.rows == ()
    columns = [[OPTIONS.index(option) for option in options] for options in shown.columns]
    left = [
        [sum(firm[at][c] for at in members(line.groups) for c in column) for column in columns] for line in shown.rows
    ]
    for line, row in zip(shown.rows, left, strict=True):
        assert sum(row) >= 5
        for cell, number in zip(line.cells, row, strict=True):
            assert cell.number in (None, 0) or number >= 5, "shown: nobody, or five who are firm"
            assert number <= sum(row) - 2
    hidden = [(r, c) for r, line in enumerate(shown.rows) for c, cell in enumerate(line.cells) if cell.number is None]
    if not 0 < len(hidden) <= 6:
        return
    found = list(tables_that_fit(left, hidden))
    for at, (r, c) in enumerate(hidden):
        if left[r][c] < 5:
            values = {guess[at] for guess in found}
            assert len(values) > 1
            assert max(values) >= 5


def members(groups: Sequence[str]) -> list[int]:
    return [int(name.removeprefix("group ")) for name in groups if name != REST]


@given(st.integers(20, 80), st.data())
def test_that_all_firm_ones_agree_cannot_be_found_out_by_answers_of_ones_own(people: int, data) -> None:
    """Somebody who disagrees often enough herself would move the 70 percent to where only "all" reaches them."""
    late = data.draw(st.tuples(*[st.integers(0, 30)] * 3))

    def word(agree: int) -> Agreement:
        firm = (agree, people - agree, 0)
        return agreement([], Sides(*(Count(a + b, b) for a, b in zip(firm, late, strict=True))))

    assert word(people) is word(people - 2)
    if 4 * sum(late) > people:
        assert word(people) is Agreement.MIXED


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=3))
def test_every_round_is_shown_only_where_firm_people_stand_behind_every_step(pairs) -> None:
    pairs = sorted(pairs, key=lambda pair: -sum(pair))
    first = {name: Count(a + b, b) for name, (a, b) in zip(OPTIONS, pairs, strict=False)}
    a, b, c = first.values()
    answered = a + b + c
    rounds = [(None, [a, b, c], Count(0)), ("C", [a + c, b, Count(0)], Count(0))]
    shown = show_rounds(answered, first, show_question(answered, first), rounds)
    if shown.full:
        assert all(firm >= 5 or firm + late == 0 for firm, late in pairs)
        assert sum(firm for firm, _ in pairs) >= 50
    firm, late = (sum(pair[at] for pair in pairs) for at in (0, 1))
    if 4 * late > firm and not shown.full:
        assert shown.order == ()
        assert shown.winner is None


def test_an_area_may_set_its_own_limits() -> None:
    assert show_question(Count(24, 12), counts((6, 6), (6, 6)), Limits(question_answers=13)).words
    assert show_question(Count(24, 12), counts((6, 6), (6, 6)), Limits(question_answers=12)).lines
