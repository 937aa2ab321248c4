"""Decides what is shown of one question by one thing that families chose to share, and never two things at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pyramid_app.kit.disclosure.count import Count, _firm, _number
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
class _People:
    """Those of one row: how many there are, and how many stand in each cell."""

    number: int
    cells: tuple[int, ...]

    def __add__(self, other: "_People") -> "_People":
        both = zip(self.cells, other.cells, strict=True)
        return _People(self.number + other.number, tuple(a + b for a, b in both))

    def __sub__(self, other: "_People") -> "_People":
        both = zip(self.cells, other.cells, strict=True)
        return _People(self.number - other.number, tuple(a - b for a, b in both))


@dataclass(frozen=True)
class _Row:
    """``everybody`` is shown; how, follows from those who are ``firm``."""

    groups: tuple[str, ...]
    everybody: _People
    firm: _People

    def joined(self, other: "_Row") -> "_Row":
        return _Row(self.groups + other.groups, self.everybody + other.everybody, self.firm + other.firm)


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
    shared = sum((people for _, people, _ in groups), Count(0))
    if question.words is not None or shared < limits.breakdown_answers:
        return BreakdownShown(_too_few(limits))
    columns = tuple(line.options for line in question.lines)
    rows = _together(_rows(columns, answered, whole, groups), limits)
    if len(rows) < 2:
        return BreakdownShown(_too_alike())
    hidden = hidden_cells(
        [row.firm.cells for row in rows], [row.firm.number for row in rows], limits.option, once_each=once_each,
        besides=_without_firm(rows),
    )  # fmt: skip
    if len(hidden) == len(rows) * len(columns):
        return BreakdownShown(_too_alike())
    lines = tuple(_line(row, at, hidden, limits) for at, row in enumerate(rows))
    return BreakdownShown(None, columns, lines, _some_hidden() if hidden else None)


def _rows(
    columns: tuple[tuple[str, ...], ...], answered: Count, whole: Mapping[str, Count], groups: Sequence[Group]
) -> list[_Row]:
    def people(count: Count, tally: Mapping[str, Count], number: Callable[[Count], int]) -> _People:
        cells = tuple(sum(number(tally[option]) for option in options) for options in columns)
        return _People(number(count), cells)

    def row(name: str, count: Count, tally: Mapping[str, Count]) -> _Row:
        return _Row((name,), people(count, tally, _number), people(count, tally, _firm))

    rows, rest = [row(*group) for group in groups], row(REST, answered, whole)
    for one in rows:
        rest = _Row(rest.groups, rest.everybody - one.everybody, rest.firm - one.firm)
    return [one for one in [*rows, rest] if one.everybody.number]


def _together(rows: list[_Row], limits: Limits) -> list[_Row]:
    """Rows that cannot stand alone become one, joined by the next smallest until it can."""
    alone = [row for row in rows if _stands(row, limits)]
    merged = [row for row in rows if not _stands(row, limits)]
    while merged and alone and not (len(merged) > 1 and _stands(_sum(merged), limits)):
        smallest = min(alone, key=lambda row: row.firm.number)
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
    return row.firm.number >= limits.group and max(row.firm.cells) <= row.firm.number - limits.dissent


def _without_firm(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """Cells in which only people stand who came late: as few of these may be somebody, too."""
    return [
        (r, c)
        for r, row in enumerate(rows)
        for c, number in enumerate(row.everybody.cells)
        if number and not row.firm.cells[c]
    ]


def _line(row: _Row, at: int, hidden: set[tuple[int, int]], limits: Limits) -> GroupLine:
    people, with_percent = row.everybody, row.firm.number >= limits.percentages

    def cell(column: int, number: int) -> Cell:
        if (at, column) in hidden:
            return Cell(None, None)
        return Cell(number, whole_percent(number, people.number) if with_percent else None)

    return GroupLine(row.groups, people.number, tuple(cell(c, number) for c, number in enumerate(people.cells)))


def _too_few(limits: Limits) -> Say:
    return Say("Fewer than {n} families shared this, so we don't show it.", n=limits.breakdown_answers)


def _too_alike() -> Say:
    return Say("We don't show this table. From numbers like these someone could be known.")


def _some_hidden() -> Say:
    return Say("We hide small numbers, and some others with them, so that no one can be known.")
