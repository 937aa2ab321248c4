"""How many figures of a stored result are shown, and how many the small-number rules hold back."""

from collections.abc import Iterable

from pyramid_app.kit.disclosure import BreakdownShown, QuestionShown
from pyramid_app.polls.kinds import Stance
from pyramid_app.polls.results.views import Document, QuestionSeen

Tally = tuple[int, int]
"""Shown, hidden."""


def shown_and_hidden(document: Document) -> Tally:
    """Lines of questions and cells of tables. What is counted together is hidden: nobody reads it by itself.

    A table that is not there at all counts as one line of its question, the least that it would have had.
    """
    return _sum(_of_question(seen) for seen in document.questions)


def _of_question(seen: QuestionSeen) -> Tally:
    options = len(seen.labels) + 1  # "not sure" is always there
    parts = [_of_lines(one.shown, len(Stance)) for one in seen.statements]
    if seen.shown is not None:
        parts.append(_of_lines(seen.shown, options))
    parts += [_of_table(table.shown, options) for table in seen.tables]
    return _sum(parts)


def _of_lines(shown: QuestionShown, options: int) -> Tally:
    if shown.words is not None:
        return 0, options
    return (
        sum(1 for line in shown.lines if not line.merged),
        sum(len(line.options) for line in shown.lines if line.merged),
    )


def _of_table(shown: BreakdownShown, options: int) -> Tally:
    if shown.words is not None:
        return 0, options
    cells = [cell for row in shown.rows for cell in row.cells]
    return sum(cell.number is not None for cell in cells), sum(cell.number is None for cell in cells)


def _sum(parts: Iterable[Tally]) -> Tally:
    whole = list(parts)
    return sum(shown for shown, _ in whole), sum(hidden for _, hidden in whole)
