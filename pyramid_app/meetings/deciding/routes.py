"""At the meeting: who is there, what came of each item, and that it is over."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.deciding import queries, service
from pyramid_app.meetings.deciding.forms import decide_form
from pyramid_app.meetings.deciding.rules import NAMES, How, Quorum, words_for
from pyramid_app.meetings.forms import saved
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_minute
from pyramid_app.meetings.reading import get_led, get_readable
from pyramid_app.participation.group.queries import Member
from pyramid_app.participation.group.rules import KINDS

NOT_SAID = "not said"


@blueprint.post("/meetings/<ref>/apologies")
@signed_in
def apologies(ref: str) -> Response:
    """A member can't come; or can, after all."""
    meeting = get_readable(house.reading(), ref, house.actor(), house.now())
    with house.acting() as work:
        service.cant_come(work, meeting.id, after_all="after_all" in request.form)
    return see_other("meetings.show", ref=ref)


@blueprint.route("/meetings/<ref>/here", methods=["GET", "POST"])
@signed_in
def here(ref: str) -> Response:
    """The list of members, each with three ways to take part."""
    meeting, reading = _led(ref), house.reading()
    members = meetings.members_at(reading, meeting, house.now())
    if request.method == "POST":
        with house.acting() as work:
            service.write_down(work, meeting.id, _changes(members))
        return see_other("meetings.show", ref=ref)
    return render(
        "meetings/deciding/here.html", meeting=meeting, members=members, kinds=KINDS, ways=NAMES,
        how=queries.attendance(reading, meeting.id), may=may_minute(house.actor(), meeting, house.now()),
    )  # fmt: skip


def _changes(members: Sequence[Member]) -> dict[UUID, How | None]:
    """What was chosen, where it is not what stood there when the page was made; what means nothing changes nothing."""
    known: dict[str, How | None] = {**{how.value: how for how in How}, NOT_SAID: None}
    said = {one.person_id: request.form.get(str(one.person_id), "") for one in members}
    were = {one.person_id: request.form.get(f"was-{one.person_id}", "") for one in members}
    return {who: known[how] for who, how in said.items() if how in known and how != were[who]}


@blueprint.route("/meetings/<ref>/agenda/<uuid:item_id>/decide", methods=["GET", "POST"])
@signed_in
def decide(ref: str, item_id: UUID) -> Response:
    """What came of one item. Without enough people the words that decide are not offered."""
    meeting = _led(ref)
    form, enough = decide_form(agenda.get_item(house.reading(), meeting.id, item_id)), _quorum(meeting)
    form.offer(words_for(agenda.get_item(house.reading(), meeting.id, item_id).kind, enough.enough))
    if saved(form, lambda work: service.decide(work, meeting.id, item_id, form.seen, form.decision())):
        item = agenda.get_item(house.reading(), meeting.id, item_id)
        to_hands = queries.draft_at_hands(house.reading(), item) is not None
        return see_other(
            "meetings.hands" if to_hands else "meetings.show", ref=ref, **({"item_id": item.id} if to_hands else {})
        )
    item = agenda.get_item(house.reading(), meeting.id, item_id)
    if form.clash:
        form.version.data = str(item.version)
    may = may_minute(house.actor(), meeting, house.now())
    return render("meetings/deciding/decide.html", "main", meeting=meeting, item=item, form=form, quorum=enough,
                  may=may, status=form.status)  # fmt: skip


@blueprint.route("/meetings/<ref>/close", methods=["GET", "POST"])
@signed_in
def close(ref: str) -> Response:
    """Asked once more: the letters leave, and nothing changes afterwards."""
    meeting = _led(ref)
    if request.method == "POST":
        with house.acting() as work:
            service.close(work, meeting.id, house.house().settings.address)
        return see_other("meetings.show", ref=ref)
    lines = agenda.lines_of(house.reading(), meeting.id)
    may = may_minute(house.actor(), meeting, house.now())
    left = [line.item for line in lines if line.item.decided is None]
    return render("meetings/deciding/close.html", meeting=meeting, left=left, may=may)


def _quorum(meeting: Meeting) -> Quorum:
    members = meetings.members_at(house.reading(), meeting, house.now())
    return queries.quorum(house.reading(), meeting, members, house.now())


def _led(ref: str) -> Meeting:
    return get_led(house.reading(), ref, house.actor(), house.now())
