"""Meetings of the Group: the list, one meeting, and the chair's plan of it."""

from flask import Response

from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings import queries, screens, service
from pyramid_app.meetings.agenda import queries as agenda_queries
from pyramid_app.meetings.agenda import routes as agenda_routes
from pyramid_app.meetings.agenda import service as agenda_service
from pyramid_app.meetings.agenda.forms import item_form
from pyramid_app.meetings.agenda.rules import NAMES
from pyramid_app.meetings.agenda.screens import offer
from pyramid_app.meetings.agenda.suggesting import suggestions
from pyramid_app.meetings.asking import queries as asking
from pyramid_app.meetings.asking import routes as asking_routes
from pyramid_app.meetings.asking.rules import is_late
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.briefs import routes as brief_routes
from pyramid_app.meetings.deciding import hands_routes
from pyramid_app.meetings.deciding import routes as deciding_routes
from pyramid_app.meetings.exercises import queries as exercises
from pyramid_app.meetings.exercises import routes as exercise_routes
from pyramid_app.meetings.exercises.permissions import may_hold
from pyramid_app.meetings.forms import CallOffForm, OccasionForm, filled, saved
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead, may_plan
from pyramid_app.meetings.reading import check_may_read, get_led, get_readable
from pyramid_app.meetings.reporting import queries as reporting
from pyramid_app.meetings.reporting import routes as reporting_routes
from pyramid_app.meetings.rules import state_of

__all__ = [
    "agenda_routes",
    "asking_routes",
    "blueprint",
    "brief_routes",
    "deciding_routes",
    "exercise_routes",
    "hands_routes",
    "reporting_routes",
]


@blueprint.get("/meetings")
@signed_in
def index() -> Response:
    """What is coming, what was; what I asked for; for a chair, what waits for an answer."""
    reading, now, who = house.reading(), house.now(), house.actor()
    check_may_read(reading, who, now)
    return render(
        "meetings/index.html", coming=queries.coming(reading, now), past=queries.past(reading, now),
        state_of=state_of, mine=asking.of_person(reading, who.person_id), is_late=is_late, today=london_date(now),
        unanswered=asking.unanswered(reading) if may_lead(who) else [], chair=bool(may_lead(who)),
        boxes=reporting.waiting_for(reading, who.person_id) if who.person_id else [],
        exercises=exercises.list_exercises(reading), may_hold=bool(may_hold(who)),
    )  # fmt: skip


@blueprint.route("/meetings/new", methods=["GET", "POST"])
@signed_in
def new() -> Response:
    """A chair arranges one."""
    if not may_lead(house.actor()):
        raise NotFound
    form, made = OccasionForm(data=filled(None)), list[str]()
    if saved(form, lambda work: made.append(service.arrange(work, form.plan()).ref)):
        return see_other("meetings.agenda", ref=made[0])
    return render("meetings/plan.html", "main", meeting=None, form=form, status=form.status)


@blueprint.get("/meetings/<ref>")
@signed_in
def show(ref: str) -> Response:
    """One meeting: when and where, what it takes to take part, the agenda, who is there, what came of it."""
    meeting = get_readable(house.reading(), ref, house.actor(), house.now())
    return render("meetings/show.html", **screens.meeting_page(meeting))


@blueprint.route("/meetings/<ref>/change", methods=["GET", "POST"])
@signed_in
def change(ref: str) -> Response:
    """Another plan. Where another chair was faster, what stands there now is shown beside the boxes."""
    meeting = _led(ref)
    form = OccasionForm(data=filled(meeting))
    if saved(form, lambda work: service.change(work, meeting.id, form.seen, form.plan(), _site())):
        return see_other("meetings.show", ref=ref)
    meeting = _led(ref)
    if form.clash:
        form.version.data = str(meeting.version)
    return render("meetings/plan.html", "main", meeting=meeting, form=form, status=form.status)


@blueprint.post("/meetings/<ref>/publish")
@signed_in
def publish(ref: str) -> Response:
    """The agenda goes to everybody in the Group."""
    meeting = _led(ref)
    with house.acting() as work:
        service.publish(work, meeting.id, _site())
    return see_other("meetings.show", ref=ref)


@blueprint.route("/meetings/<ref>/call-off", methods=["GET", "POST"])
@signed_in
def call_off(ref: str) -> Response:
    """It does not take place."""
    meeting, form = _led(ref), CallOffForm()
    if acted(form, lambda work: service.call_off(work, meeting.id, form.because.data or "", _site())):
        return see_other("meetings.show", ref=ref)
    may = may_plan(house.actor(), meeting, house.now())
    return render("meetings/call_off.html", "main", meeting=meeting, form=form, may=may, status=form.status)


def _led(ref: str) -> Meeting:
    return get_led(house.reading(), ref, house.actor(), house.now())


def _site() -> str:
    return house.house().settings.address


@blueprint.route("/meetings/<ref>/agenda", methods=["GET", "POST"])
@signed_in
def agenda(ref: str) -> Response:
    """The agenda as a chair writes it."""
    meeting, form = get_led(house.reading(), ref, house.actor(), house.now()), item_form(None)
    offer(form, None)
    if saved(form, lambda work: agenda_service.add(work, meeting.id, form.draft())):
        return see_other("meetings.agenda", ref=ref)
    reading, now = house.reading(), house.now()
    return render(
        "meetings/agenda/write.html", "main", meeting=meeting, form=form,
        lines=agenda_queries.lines_of(reading, meeting.id), due=suggestions(reading, now),
        asked=asking.unanswered(reading), kinds=NAMES, may=may_plan(house.actor(), meeting, now), status=form.status,
    )  # fmt: skip
