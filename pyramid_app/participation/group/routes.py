"""``/desk/people/group``: who belongs to the Group. A lead names people and ends what she named."""

from uuid import UUID

from flask import Response, request

from pyramid_app.accounts import queries as people
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import leads, officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.participation.blueprint import blueprint
from pyramid_app.participation.group import queries, service
from pyramid_app.participation.group.forms import MemberForm
from pyramid_app.participation.group.permissions import may_name_members
from pyramid_app.participation.group.rules import KINDS


@blueprint.get("/desk/people/group")
@officers
def group() -> Response:
    """Everybody in the Group, for everybody on the staff; a lead finds her verbs beside each."""
    reading, now = house.reading(), house.now()
    return render(
        "participation/group/index.html", members=queries.members(reading, now), before=queries.before(reading, now),
        kinds=KINDS, may=bool(may_name_members(house.actor())),
    )  # fmt: skip


@blueprint.route("/desk/people/group/new", methods=["GET", "POST"])
@leads
def group_name() -> Response:
    """One more member, with one letter."""
    form = MemberForm()
    if acted(form, lambda work: service.name(work, form.draft(), house.house().settings.address)):
        return see_other("participation.group")
    return render("participation/group/new.html", "main", form=form, status=form.status)


@blueprint.route("/desk/people/group/<uuid:row_id>/end", methods=["GET", "POST"])
@leads
def group_end(row_id: UUID) -> Response:
    """They belong to it no more; asked once more before it is done."""
    row = queries.get_row(house.reading(), row_id, house.now())
    name = people.names_of(house.reading(), [row.person_id])[row.person_id]
    if request.method == "POST":
        with house.acting() as work:
            service.end(work, row_id)
        return see_other("participation.group")
    return render("participation/group/end.html", name=name, row_id=row_id)
