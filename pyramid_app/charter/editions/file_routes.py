"""The charter to print and to take away: a tagged PDF, data, and Markdown that can be brought in elsewhere."""

from flask import Response, jsonify

from pyramid_app.base.paths import folder
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import translate
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.editions.papers import as_data, parts_of
from pyramid_app.charter.editions.routes import shown_charter
from pyramid_app.charter.editions.writing import write
from pyramid_app.charter.queries import Charter
from pyramid_app.kit.paper import Document, document


@blueprint.get("/charter.pdf")
@blueprint.get("/charter/editions/<int(max=99999):number>.pdf")
@anyone
def pdf(number: int | None = None) -> Response:
    """On paper that a screen reader can read."""
    charter, area = shown_charter(number), house.area()
    facts = Document("en", area.brand_colour, area.name, _title(charter), parts_of(charter, _title(charter)))
    return _file(document(facts, folder("static") / "vendor" / "fonts"), "application/pdf", charter, "pdf")


@blueprint.get("/charter.json")
@blueprint.get("/charter/editions/<int(max=99999):number>.json")
@anyone
def data(number: int | None = None) -> Response:
    """The whole edition, with the fingerprint of each exact text."""
    return jsonify(as_data(shown_charter(number), house.area().name, house.house().settings.address))


@blueprint.get("/charter.md")
@blueprint.get("/charter/editions/<int(max=99999):number>.md")
@anyone
def markdown(number: int | None = None) -> Response:
    """Headings are principles, items of lists are promises."""
    charter = shown_charter(number)
    said = write(_title(charter), charter.edition.introduction, charter.principles)
    return _file(said, "text/markdown; charset=utf-8", charter, "md")


def _title(charter: Charter) -> str:
    name = house.area().name
    if charter.edition.sample:
        return translate("Our promises to families in {area} (a sample)", area=name)
    return translate("Our promises to families in {area}", area=name)


def _file(content: str | bytes, content_type: str, charter: Charter, kind: str) -> Response:
    answer = Response(content, content_type=content_type)
    name = f"charter-edition-{charter.edition.number}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
