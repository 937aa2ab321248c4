"""Decides what is shown of one question by one thing that families chose to share, and never two things at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyramid_app.kit.disclosure.count import Count, _number
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.disclosure.question import QuestionShown
from pyramid_app.kit.disclosure.share import whole_percent
from pyramid_app.kit.disclosure.suppression import hidden_cells
from pyramid_app.kit.say import Say

REST = ""
"""The name of those who shared nothing: published totals less all groups, so they are a row like any other."""

Group = tuple[str, Count, Mapping[str, Count]]
"""A group's name, its people who answered, and how many of them chose each option."""


@dataclass(frozen=True)
class Cell:
    """``None``: hidden."""

    number: int | None
    percent: int | None


@dataclass(frozen=True)
class GroupLine:
    """One row: a group, or several that are counted together; ``REST`` among them: who shared nothing."""

    groups: tuple[str, ...]
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class BreakdownShown:
    """Either rows, or words that say why there are none. ``columns`` are the lines of the question, by option."""

    words: Say | None
    columns: tuple[tuple[str, ...], ...] = ()
    rows: tuple[GroupLine, ...] = ()
    note: Say | None = None


@dataclass(frozen=True)
class _Row:
    groups: tuple[str, ...]
    people: int
    numbers: tuple[int, ...]

    def joined(self, other: "_Row") -> "_Row":
        both = zip(self.numbers, other.numbers, strict=True)
        return _Row(self.groups + other.groups, self.people + other.people, tuple(a + b for a, b in both))


def show_breakdown(
    question: QuestionShown,
    answered: Count,
    whole: Mapping[str, Count],
    groups: Sequence[Group],
    limits: Limits = DEFAULTS,
    *,
    once_each: bool,
) -> BreakdownShown:
    """One table. ``whole``: everybody's totals; ``groups`` in the order of the paper.

    Nothing where the question itself has no numbers, or fewer than 20 people shared. Small groups, and groups that
    agree to the last, are counted together; cells of 1 to 4 are hidden with as many others as it takes.
    """
    shared = sum(_number(people) for _, people, _ in groups)
    if question.words is not None or shared < limits.breakdown_answers:
        return BreakdownShown(_too_few(limits))
    columns = tuple(line.options for line in question.lines)
    rows = _together(_rows(columns, answered, whole, groups), limits)
    if len(rows) < 2:
        return BreakdownShown(_too_alike())
    hidden = hidden_cells(
        [row.numbers for row in rows], [row.people for row in rows], limits.option, once_each=once_each
    )
    if len(hidden) == len(rows) * len(columns):
        return BreakdownShown(_too_alike())
    lines = tuple(_line(row, at, hidden, limits) for at, row in enumerate(rows))
    return BreakdownShown(None, columns, lines, _some_hidden() if hidden else None)


def _rows(
    columns: tuple[tuple[str, ...], ...], answered: Count, whole: Mapping[str, Count], groups: Sequence[Group]
) -> list[_Row]:
    def numbers(tally: Mapping[str, Count]) -> tuple[int, ...]:
        return tuple(sum(_number(tally[option]) for option in options) for options in columns)

    rows = [_Row((name,), _number(people), numbers(tally)) for name, people, tally in groups]
    people = _number(answered) - sum(row.people for row in rows)
    left = [total - sum(row.numbers[at] for row in rows) for at, total in enumerate(numbers(whole))]
    return [row for row in [*rows, _Row((REST,), people, tuple(left))] if row.people]


def _together(rows: list[_Row], limits: Limits) -> list[_Row]:
    """Rows that cannot stand alone become one, joined by the next smallest until it can."""
    alone = [row for row in rows if _stands(row, limits)]
    merged = [row for row in rows if not _stands(row, limits)]
    while merged and alone and not (len(merged) > 1 and _stands(_sum(merged), limits)):
        smallest = min(alone, key=lambda row: row.people)
        alone.remove(smallest)
        merged.append(smallest)
    if not merged:
        return alone
    return [*alone, _sum([row for row in rows if row in merged])] if alone else []


def _sum(rows: Sequence[_Row]) -> _Row:
    whole = rows[0]
    for row in rows[1:]:
        whole = whole.joined(row)
    return whole


def _stands(row: _Row, limits: Limits) -> bool:
    """Enough people, and no answer that all of them gave: it would be known of each."""
    return row.people >= limits.group and max(row.numbers) <= row.people - limits.dissent


def _line(row: _Row, at: int, hidden: set[tuple[int, int]], limits: Limits) -> GroupLine:
    def cell(column: int, number: int) -> Cell:
        if (at, column) in hidden:
            return Cell(None, None)
        return Cell(number, whole_percent(number, row.people) if row.people >= limits.percentages else None)

    return GroupLine(row.groups, row.people, tuple(cell(c, number) for c, number in enumerate(row.numbers)))


def _too_few(limits: Limits) -> Say:
    return Say("Fewer than {n} families shared this, so we don't show it.", n=limits.breakdown_answers)


def _too_alike() -> Say:
    return Say("We don't show this table. From numbers like these someone could be known.")


def _some_hidden() -> Say:
    return Say("We hide small numbers, and some others with them, so that no one can be known.")
