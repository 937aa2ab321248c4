"""Bringing a list: it is read and shown first, and taken in when somebody says so."""

from uuid import UUID

from flask import Response, request

from pyramid_app.accounts import queries as people
from pyramid_app.base import errors
from pyramid_app.base.ledger import progress
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.intake import list_service, lists, queries
from pyramid_app.feedback.intake.forms import ListForm, TakeInForm
from pyramid_app.feedback.intake.models import ImportList
from pyramid_app.kit.say import Say
from pyramid_app.kit.sheets import csv_text

FIRST = 10
"""Rows shown as they will be."""


@blueprint.route("/desk/enter/list", methods=["GET", "POST"])
@officers
def enter_list() -> Response:
    """A file, and how its families said yes. What it says is kept apart until it is taken in."""
    form = ListForm()
    if form.validate_on_submit():
        try:
            brought = _bring(form)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("feedback.brought_list", list_id=brought.id)
    here = queries.recent_lists(house.reading())
    names = people.names_of(house.reading(), {one.by_id for one in here})
    return render(
        "feedback/intake/list.html", "main", form=form, columns=lists.COLUMNS, here=here, names=names,
        status=form.status,
    )  # fmt: skip


@blueprint.route("/desk/enter/list/<uuid:list_id>", methods=["GET", "POST"])
@officers
def brought_list(list_id: UUID) -> Response:
    """What the list says and what is wrong with it; the button that takes it in; and how far that is."""
    brought, form = queries.get_list(house.reading(), list_id), TakeInForm()
    if form.validate_on_submit():
        with house.acting() as work:
            list_service.begin(work, list_id, with_twice=bool(form.with_twice.data))
        return see_other("feedback.brought_list", list_id=list_id)
    left_out = [(one["line"], one["why"], list_service.why(one)) for one in brought.left_out]
    return render(
        "feedback/intake/brought.html", "main", brought=brought, form=form, first=_first_rows(brought),
        unknown=[name for name in brought.header if name and name not in lists.COLUMNS], left_out=left_out[:FIRST],
        broken=sum(why == list_service.BROKEN for _, why, _ in left_out),
        twice=sum(why == list_service.TWICE for _, why, _ in left_out),
        percent=progress.percent_done(house.reading(), list_service.work_name(list_id)),
    )  # fmt: skip


@blueprint.get("/desk/enter/list/<uuid:list_id>/left-out.csv")
@officers
def left_out(list_id: UUID) -> Response:
    """Every row that is left out, with its line and the reason: to mend and bring again."""
    brought = queries.get_list(house.reading(), list_id)
    width = len(brought.header)
    rows = [
        [*(one["cells"] + [""] * width)[:width], str(one["line"]), translate(list_service.why(one))]
        for one in brought.left_out
    ]
    header = [*brought.header, "line", "why"]
    answer = Response(csv_text([header, *rows]), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="left-out.csv"'
    return answer


def _bring(form: ListForm) -> ImportList:
    sent = request.files.get("file")
    data = sent.stream.read(lists.LIST_AT_MOST + 1) if sent else b""
    if not data:
        raise errors.Invalid({"file": Say("Choose a file that is not empty.")})
    name, consent, channels = (sent.filename or "") if sent else "", form.consent.data or "", house.house().channels
    seen = list_service.look_over(house.reading(), house.now(), lists.read_table(data), consent, channels)
    with house.acting() as work:
        return list_service.bring(work, name, seen)


def _first_rows(brought: ImportList) -> list[tuple[int, dict[str, str]]]:
    """The first rows by column, as they will be taken in."""
    rows = list(queries.waiting_rows(house.reading(), brought.id, 1))[:FIRST]
    return [(line, dict(zip(brought.header, cells, strict=False))) for line, cells in rows]
