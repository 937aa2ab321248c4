"""A representative's three boxes, and the page on which anyone reads what they wrote for everyone."""

from flask import Response

from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.reading import get_readable
from pyramid_app.meetings.reporting import queries, service
from pyramid_app.meetings.reporting.forms import BoxesForm
from pyramid_app.meetings.reporting.rules import due_on


@blueprint.route("/meetings/<ref>/boxes", methods=["GET", "POST"])
@signed_in
def boxes(ref: str) -> Response:
    """For a representative who was asked about this meeting. For anybody else there is no such page."""
    meeting = get_readable(house.reading(), ref, house.actor(), house.now())
    mine = queries.find_mine(house.reading(), meeting.id, house.actor().person_id)
    if mine is None:
        raise NotFound
    form = BoxesForm(data={"raised": mine.raised, "said": mine.said, "next": mine.next, "public": mine.public})
    if acted(form, lambda work: service.send(work, meeting.id, form.boxes())):
        return see_other("meetings.show", ref=ref, _anchor="boxes")
    due = due_on(mine.asked_at, house.area().report_back_days)
    return render("meetings/reporting/boxes.html", "main", meeting=meeting, mine=mine, form=form, due=due,
                  status=form.status)  # fmt: skip


@blueprint.get("/reps/meetings")
@anyone
def reps_say() -> Response:
    """What representatives wrote about meetings for everyone."""
    return render("meetings/reporting/public.html", reports=queries.public(house.reading()))
