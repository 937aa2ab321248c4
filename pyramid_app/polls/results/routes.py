"""The result page and its files: before the count there is none, for nobody."""

import json
from collections.abc import Sequence

from flask import Response
from markupsafe import Markup

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.kit.charts import bars
from pyramid_app.kit.sheets import Sheet, csv_text, xlsx
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.considering.queries import points_of
from pyramid_app.polls.fairness.queries import looks_of
from pyramid_app.polls.models import Poll
from pyramid_app.polls.proposals import AGREEMENTS, proposals_of
from pyramid_app.polls.results import queries
from pyramid_app.polls.results.tables import PlainTable, for_files, sections_of, who_else
from pyramid_app.polls.results.views import QuestionSeen
from pyramid_app.polls.results.words import Word, joined

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@blueprint.get("/polls/<ref>/results")
@anyone
def results(ref: str) -> Response:
    """The result by the small-number rules, as it was stored at the count."""
    found = queries.get_result(house.reading(), ref, house.now())
    if found.document is None:
        return see_other("polls.show", ref=ref)
    points = points_of(house.reading(), found.poll) if found.poll.considered_at else []
    return render(
        "polls/results.html", "main", poll=found.poll, result=found.document, points=points, chart=_chart,
        sections=sections_of(found.document, found.beside), who_else=who_else(found.poll.for_young_people),
        looks=looks_of(house.reading(), found.poll),
        proposals=proposals_of(house.reading(), found.poll), agreements=AGREEMENTS,
    )  # fmt: skip


@blueprint.get("/polls/<ref>/results.<any(csv, xlsx, json):kind>")
@anyone
def results_file(ref: str, kind: str) -> Response:
    """Exactly what the page shows."""
    found = queries.get_result(house.reading(), ref, house.now())
    if found.document is None:
        raise errors.NotFound
    sections = sections_of(found.document, found.beside)
    tables = for_files(found.document, sections, who_else(found.poll.for_young_people))
    answer = Response(_written(found.poll, tables, kind), content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.poll.ref}.{kind}"'
    return answer


def _written(poll: Poll, tables: Sequence[PlainTable], kind: str) -> str | bytes:
    if kind == "json":
        return json.dumps({"title": poll.title, "tables": [_plain(table) for table in tables]}, ensure_ascii=False)
    if kind == "csv":
        rows = [row for table in tables for row in _rows(table)]
        return csv_text([[poll.title], [], *rows])
    return xlsx([Sheet(_said(table.title), _cells(table.header), _rows(table)[2:]) for table in tables])


def _plain(table: PlainTable) -> dict[str, object]:
    return {
        "title": _said(table.title),
        "header": _cells(table.header),
        "rows": [_cells(row) for row in table.rows],
        "words": [_said(words) for words in (table.words, table.note) if words],
    }


def _rows(table: PlainTable) -> list[list[str | int]]:
    """Title, header, rows, and the sentences that belong to them; an empty line after each table."""
    said: list[list[str | int]] = [[_said(words)] for words in (table.words, table.note) if words]
    return [[_said(table.title)], _cells(table.header), *(_cells(row) for row in table.rows), *said, []]


def _cells(row: tuple[Word | int, ...]) -> list[str | int]:
    return [cell if isinstance(cell, int) else _said(cell) for cell in row]


def _said(word: Word) -> str:
    return word if isinstance(word, str) else translate(word)


def _chart(seen: QuestionSeen, ident: str) -> Markup:
    """A bar for each line that may be seen."""
    lines = seen.shown.lines if seen.shown else ()
    if not lines:
        return Markup()
    pairs = [(_said(joined(seen, line.options)), line.number) for line in lines]
    return bars(pairs, title=seen.text, unit=translate("families"), ident=ident)
