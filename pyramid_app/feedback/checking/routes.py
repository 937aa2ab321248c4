"""Taking the names out of what was drawn, on the desk; and reading it, for the two who were drawn."""

from uuid import UUID

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers, signed_in
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.feedback import noticing
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.checking import queries, service


@blueprint.get("/desk/blind-check")
@officers
def blind_check() -> Response:
    """Each message that was drawn, with the words that readers will see."""
    return render("feedback/checking/desk.html", drawn=queries.to_clear(house.reading()), clear=noticing.clear)


@blueprint.post("/desk/blind-check/<uuid:item_id>")
@officers
def clear_blind(item_id: UUID) -> Response:
    """These words are read; with the last ones two representatives are asked."""
    with house.acting() as work:
        service.clear(work, item_id, request.form.get("words", "").strip(), house.house().settings.address)
    return see_other("feedback.blind_check")


@blueprint.route("/reps/blind-check", methods=["GET", "POST"])
@signed_in
def read_blind() -> Response:
    """Up to ten messages without names and without our reason. Who was not drawn finds nothing here."""
    person_id = house.actor().person_id
    assert person_id is not None  # noqa: S101  the guard lets nobody else in
    items, marks = queries.to_read(house.reading(), person_id), {}
    wrong = ""
    if not items:
        raise errors.NotFound
    if request.method == "POST":
        marks = {item.id: said == "yes" for item in items if (said := request.form.get(str(item.id))) in {"yes", "no"}}
        try:
            with house.acting() as work:
                service.say(work, person_id, marks)
        except errors.Invalid as refused:
            wrong = translate(refused.fields[""])
        else:
            return see_other("figures.index", _anchor="blind-check")
    return render("feedback/checking/read.html", items=items, marks=marks, wrong=wrong, status=422 if wrong else 200)
