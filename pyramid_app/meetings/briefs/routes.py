"""The brief of a meeting, on the screen and to print. Who may not read the agenda finds no such page."""

from flask import Response

from pyramid_app.base.errors import NotFound
from pyramid_app.base.paths import folder
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.briefs.papers import paper
from pyramid_app.meetings.briefs.queries import brief_of
from pyramid_app.meetings.briefs.screens import Shown, shown
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import sees_agenda
from pyramid_app.meetings.reading import get_readable


@blueprint.get("/meetings/<ref>/brief")
@signed_in
def brief(ref: str) -> Response:
    """For members of the Group, chairs and officers."""
    meeting, said = _brief(ref)
    return render("meetings/briefs/show.html", meeting=meeting, brief=said)


@blueprint.get("/meetings/<ref>/brief.pdf")
@signed_in
def brief_pdf(ref: str) -> Response:
    """Two pages."""
    meeting, said = _brief(ref)
    area, link = house.area(), f"{house.house().settings.address}/meetings/{meeting.ref}/brief"
    pages = paper(said, meeting, area.name, area.brand_colour, link, folder("static") / "vendor" / "fonts")
    answer = Response(pages, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="brief-{meeting.ref}.pdf"'
    return answer


def _brief(ref: str) -> tuple[Meeting, Shown]:
    meeting = get_readable(house.reading(), ref, house.actor(), house.now())
    if not sees_agenda(house.actor(), meeting):
        raise NotFound
    return meeting, shown(brief_of(house.reading(), meeting, house.now()))
