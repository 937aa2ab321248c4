"""How we are doing, for anyone: every figure with how it is computed, and the same as a file."""

from flask import Blueprint, Response

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, translate
from pyramid_app.feedback.checking import queries as checking
from pyramid_app.kit.sheets import Value, csv_text
from pyramid_app.outcomes.figures.queries import all_figures
from pyramid_app.outcomes.figures.tables import Cell, Table, lines_of, tables_of

blueprint = Blueprint("figures", __name__)


@blueprint.get("/how-we-are-doing")
@anyone
def index() -> Response:
    return render("outcomes/figures/index.html", tables=_tables(), blind=checking.last_result(house.reading()))


@blueprint.get("/how-we-are-doing.csv")
@anyone
def file() -> Response:
    """Exactly what the page shows."""
    header = [translate(word) for word in ("Figure", "What", "Counted", "Number")]
    rows = [[_said(cell) for cell in line] for line in lines_of(_tables())]
    answer = Response(csv_text([header, *rows]), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="how-we-are-doing.csv"'
    return answer


def _tables() -> list[Table]:
    return tables_of(all_figures(house.reading(), house.now()))


def _said(cell: Cell) -> Value:
    return cell if isinstance(cell, int) else translate(cell)
