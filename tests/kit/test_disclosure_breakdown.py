"""Tables by what families shared, against a reader who tries every table that fits what is published."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.kit.disclosure import (
    REST,
    BreakdownShown,
    Count,
    Limits,
    show_breakdown,
    show_question,
)
from pyramid_app.kit.disclosure.suppression import hidden_cells

OPTIONS = ("yes", "no", "not sure")


def table(
    *rows: tuple[str, tuple[int, ...]], rest: tuple[int, ...] = (0, 0, 0), several: bool = False
) -> BreakdownShown:
    """Rows of answers by option; ``rest`` are the answers of those who shared nothing."""
    people = {name: (max(numbers) + 3 if several else sum(numbers)) for name, numbers in (*rows, (REST, rest))}
    whole = {option: Count(sum(numbers[at] for _, numbers in rows) + rest[at]) for at, option in enumerate(OPTIONS)}
    answered = Count(sum(people.values()) if any(rest) else sum(people[name] for name, _ in rows))
    question = show_question(answered, whole)
    groups = [
        (name, Count(people[name]), {option: Count(numbers[at]) for at, option in enumerate(OPTIONS)})
        for name, numbers in rows
    ]
    return show_breakdown(question, answered, whole, groups, once_each=not several)


def numbers(shown: BreakdownShown) -> dict[tuple[str, ...], list[int | None]]:
    return {row.groups: [cell.number for cell in row.cells] for row in shown.rows}


def test_a_table_without_small_cells_is_shown_whole():
    shown = table(("young", (12, 9, 7)), ("old", (20, 10, 5)), rest=(8, 9, 6))
    assert set(numbers(shown)) == {("young",), ("old",), (REST,)}
    assert numbers(shown)["old",] == [20, 10, 5]
    assert shown.rows[1].cells[0].percent == 57
    assert shown.rows[0].cells[0].percent is None


def test_fewer_than_twenty_who_shared_are_no_table():
    assert table(("young", (6, 3, 0)), ("old", (5, 3, 2)), rest=(30, 20, 10)).rows == ()


def test_a_small_cell_takes_others_with_it():
    shown = table(("young", (12, 9, 2)), ("old", (20, 10, 5)), rest=(8, 9, 6))
    hidden = sum(cell is None for row in numbers(shown).values() for cell in row)
    assert hidden >= 4
    assert shown.note is not None


def test_small_groups_are_counted_together():
    shown = table(("young", (12, 9, 7)), ("old", (20, 10, 5)), ("one", (2, 1, 0)), ("two", (1, 2, 1)))
    assert ("one", "two") in numbers(shown)


def test_a_single_small_group_never_stands_apart():
    shown = table(("young", (12, 9, 7)), ("old", (20, 10, 5)), ("few", (2, 1, 0)))
    assert all(len(row.groups) > 1 or row.number >= 5 for row in shown.rows)


def test_a_group_of_one_mind_is_not_shown_as_such():
    shown = table(("young", (12, 9, 7)), ("old", (20, 10, 5)), ("alike", (9, 0, 0)), rest=(8, 9, 6))
    assert ("alike",) not in numbers(shown)


grids = st.integers(2, 3).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 7), min_size=columns, max_size=columns), min_size=2, max_size=3)
)


def tables_that_fit(grid, hidden):
    """Every table of whole numbers with the same sums and the same shown cells: the hidden ones, cell by cell.

    What a row and a column have left is what a cell can hold; the last hidden cell of either takes all of it.
    """
    rows, columns = (Counter() for _ in range(2))
    for r, c in hidden:
        rows[r] += grid[r][c]
        columns[c] += grid[r][c]

    def fill(at):
        if at == len(hidden):
            yield ()
            return
        r, c = hidden[at]
        last_in_row = all(row != r for row, _ in hidden[at + 1 :])
        last_in_column = all(column != c for _, column in hidden[at + 1 :])
        most = min(rows[r], columns[c])
        for number in range(max(rows[r] * last_in_row, columns[c] * last_in_column), most + 1):
            rows[r], columns[c] = rows[r] - number, columns[c] - number
            yield from ((number, *others) for others in fill(at + 1))
            rows[r], columns[c] = rows[r] + number, columns[c] + number

    yield from fill(0)


def sums(grid):
    return [sum(row) for row in grid], [sum(column) for column in zip(*grid, strict=True)]


@settings(max_examples=40, deadline=None)
@given(grids, st.data())
def test_the_reader_misses_no_table(grid, data):
    """Against trying every number in every hidden cell, whatever is hidden."""
    cells = [(r, c) for r, row in enumerate(grid) for c in range(len(row))]
    hidden = sorted(data.draw(st.lists(st.sampled_from(cells), min_size=1, max_size=4, unique=True)))
    found = []
    for guess in product(*(range(min(sums(grid)[0][r], sums(grid)[1][c], 8) + 1) for r, c in hidden)):
        trial = [list(row) for row in grid]
        for (r, c), number in zip(hidden, guess, strict=True):
            trial[r][c] = number
        found += [guess] if sums(trial) == sums(grid) else []
    assert [guess for guess in tables_that_fit(grid, hidden) if max(guess) <= 8] == found


@settings(max_examples=60, deadline=None)
@given(grids)
def test_no_small_cell_can_be_worked_out_from_sums_and_shown_cells(grid):
    small = 3
    hidden = sorted(hidden_cells(grid, [sum(row) for row in grid], small, once_each=True))
    if len(hidden) == len(grid) * len(grid[0]):
        return
    found = list(tables_that_fit(grid, hidden))
    for at, (r, c) in enumerate(hidden):
        values = {guess[at] for guess in found}
        if grid[r][c] < small:
            assert grid[r][c] == 0 or (min(values) == 0 and max(values) >= small)


def test_the_reader_finds_what_hiding_one_cell_alone_would_leave():
    grid = [[12, 9, 2], [20, 10, 5]]
    assert len(list(tables_that_fit(grid, [(0, 2)]))) == 1


@settings(max_examples=60, deadline=None)
@given(grids)
def test_where_people_stand_in_several_cells_only_columns_tell_and_are_safe(grid):
    small, sizes = 3, [max(row) + 3 for row in grid]
    hidden = hidden_cells(grid, sizes, small, once_each=False)
    if len(hidden) == len(grid) * len(grid[0]):
        return
    for c in range(len(grid[0])):
        rows = [r for r in range(len(grid)) if (r, c) in hidden]
        left = sum(grid[r][c] for r in rows)
        for r in (r for r in rows if 0 < grid[r][c] < small):
            others = sum(sizes[other] for other in rows if other != r)
            assert max(0, left - others) == 0
            assert min(left, sizes[r]) >= small
    small_shown = [n for r, row in enumerate(grid) for c, n in enumerate(row) if (r, c) not in hidden and 0 < n < small]
    assert small_shown == []


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=2, max_size=6), st.tuples(*[st.integers(0, 30)] * 3))
def test_every_table_keeps_the_rules(rows, rest):
    if sum(map(sum, rows)) + sum(rest) == 0:
        return
    limits = Limits()
    shown = table(*[(f"group {n}", numbers) for n, numbers in enumerate(rows)], rest=rest)
    if shown.words is not None:
        assert shown.rows == ()
        return
    assert len(shown.rows) >= 2
    for row in shown.rows:
        assert row.number >= limits.group
        for cell in row.cells:
            assert cell.number is None or cell.number == 0 or cell.number >= limits.option
            assert cell.number is None or cell.number <= row.number - limits.dissent
            assert cell.percent is None or row.number >= limits.percentages


@pytest.mark.parametrize("several", [False, True])
def test_several_choices_make_a_table_too(several):
    shown = table(("young", (12, 9, 7)), ("old", (20, 10, 5)), rest=(8, 9, 6), several=several)
    assert shown.words is None
