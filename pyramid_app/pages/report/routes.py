"""The yearly report on what families said (SEND Regulations 2014, regulation 56): for anybody, and its check."""

from flask import Response

from pyramid_app.base.paths import folder
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, officers
from pyramid_app.base.web.render import render, translate
from pyramid_app.kit.paper import Document, document
from pyramid_app.kit.sheets import csv_text
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.report import queries
from pyramid_app.pages.report.check import what_to_look_at
from pyramid_app.pages.report.papers import parts_of, rows_of
from pyramid_app.pages.report.queries import Report
from pyramid_app.pages.report.words import blocks_of, name_of


@blueprint.get("/reports/local-offer")
@anyone
def reports() -> Response:
    """Every year there is a report for, this one first."""
    return render("pages/reports.html", years=queries.years(house.reading(), house.now()))


@blueprint.get("/reports/local-offer/<int:year>")
@anyone
def report(year: int) -> Response:
    found = _found(year)
    return render("pages/report.html", name=name_of(found), parts=blocks_of(found), year=year)


@blueprint.get("/reports/local-offer/<int:year>.pdf")
@anyone
def report_pdf(year: int) -> Response:
    """The same words on paper that a screen reader can read."""
    found, area = _found(year), house.area()
    name = name_of(found)
    facts = Document("en", area.brand_colour, area.name, name, parts_of(name, blocks_of(found)))
    return _file(document(facts, folder("static") / "vendor" / "fonts"), "application/pdf", year, "pdf")


@blueprint.get("/reports/local-offer/<int:year>.csv")
@anyone
def report_csv(year: int) -> Response:
    """The same words for a spreadsheet, a line for each thing said."""
    header = [translate(word) for word in ("Part", "Topic", "What", "Words", "As it was said")]
    said = csv_text([header, *rows_of(blocks_of(_found(year)))])
    return _file(said, "text/csv; charset=utf-8", year, "csv")


@blueprint.get("/desk/reports/local-offer/<int:year>")
@officers
def report_check(year: int) -> Response:
    """What to look at before the link is shared, and the three links."""
    found = _found(year)
    return render("pages/report_check.html", name=name_of(found), looks=what_to_look_at(found), year=year)


def _found(year: int) -> Report:
    return queries.report(house.reading(), year, house.now())


def _file(content: str | bytes, content_type: str, year: int, kind: str) -> Response:
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="local-offer-{year}.{kind}"'
    return answer
