"""The chair's page of an agenda: its items, what is due, one more; and a member's interest in an item."""

from uuid import UUID

from flask import Response, request

from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.texts.numbers import whole
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda import queries, service
from pyramid_app.meetings.agenda.forms import InterestForm, chosen, item_form, member_choices
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.agenda.screens import offer
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.forms import saved
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead, sees_agenda
from pyramid_app.meetings.reading import get_led, get_readable


@blueprint.post("/meetings/<ref>/agenda/suggested")
@signed_in
def agenda_take(ref: str) -> Response:
    """One press, and it is on the agenda."""
    meeting = _led(ref)
    with house.acting() as work:
        service.take(work, meeting.id, request.form.get("source", ""))
    return see_other("meetings.agenda", ref=ref)


@blueprint.route("/meetings/<ref>/agenda/<uuid:item_id>", methods=["GET", "POST"])
@signed_in
def agenda_item(ref: str, item_id: UUID) -> Response:
    """Other words for an item. Where another chair was faster, both texts are shown."""
    meeting = _led(ref)
    form = item_form(queries.get_item(house.reading(), meeting.id, item_id))
    offer(form, queries.get_item(house.reading(), meeting.id, item_id))
    if saved(form, lambda work: service.change(work, meeting.id, item_id, form.seen, form.draft())):
        return see_other("meetings.agenda", ref=ref)
    item = queries.get_item(house.reading(), meeting.id, item_id)
    if form.clash:
        form.version.data = str(item.version)
    return render("meetings/agenda/item.html", "main", meeting=meeting, item=item, form=form, status=form.status)


@blueprint.post("/meetings/<ref>/agenda/<uuid:item_id>/move")
@signed_in
def agenda_move(ref: str, item_id: UUID) -> Response:
    meeting, seen = _led(ref), request.form.get("version", "")
    with house.acting() as work:
        version = whole(seen) or 0
        service.move(work, meeting.id, item_id, version, up=request.form.get("way") == "up")
    return see_other("meetings.agenda", ref=ref)


@blueprint.post("/meetings/<ref>/agenda/<uuid:item_id>/drop")
@signed_in
def agenda_drop(ref: str, item_id: UUID) -> Response:
    meeting = _led(ref)
    with house.acting() as work:
        service.drop(work, meeting.id, item_id)
    return see_other("meetings.agenda", ref=ref)


@blueprint.route("/meetings/<ref>/agenda/<uuid:item_id>/interest", methods=["GET", "POST"])
@signed_in
def interest(ref: str, item_id: UUID) -> Response:
    """A member says what she has to do with an item; a chair may write it for others."""
    meeting, item = _seen(ref, item_id)
    me, chair = house.actor().person_id, bool(may_lead(house.actor()))
    mine = queries.find_interest(house.reading(), item_id, me) if me else None
    form = InterestForm(said=mine.said if mine else "", who=str(me))
    form.who.choices = member_choices(meetings.members_at(house.reading(), meeting, house.now()))
    who = (chosen(form.who) if chair else None) or me
    if acted(form, lambda work: who and service.declare(work, meeting.id, item_id, who, form.said.data or "")):
        return see_other("meetings.show", ref=ref)
    return render("meetings/agenda/interest.html", "main", meeting=meeting, item=item, form=form, chair=chair,
                  status=form.status)  # fmt: skip


def _seen(ref: str, item_id: UUID) -> tuple[Meeting, AgendaItem]:
    """An item that this person can read."""
    meeting = get_readable(house.reading(), ref, house.actor(), house.now())
    if not sees_agenda(house.actor(), meeting):
        raise NotFound
    return meeting, queries.get_item(house.reading(), meeting.id, item_id)


def _led(ref: str) -> Meeting:
    return get_led(house.reading(), ref, house.actor(), house.now())
