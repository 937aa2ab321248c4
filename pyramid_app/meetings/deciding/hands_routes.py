"""At the meeting: whose hand was raised to a draft of the charter, typed once and counted where it belongs."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import clean
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter.handing import queries as handing
from pyramid_app.charter.handing.rules import Stands
from pyramid_app.kit.say import Say
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.deciding import queries, service
from pyramid_app.meetings.deciding.rules import HANDS, PRESENT
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_minute
from pyramid_app.meetings.reading import get_led
from pyramid_app.participation.group.queries import Member
from pyramid_app.participation.group.rules import KINDS

Hand = tuple[str, str]
NOTHING: Hand = ("", "")


@blueprint.route("/meetings/<ref>/agenda/<uuid:item_id>/hands", methods=["GET", "POST"])
@signed_in
def hands(ref: str, item_id: UUID) -> Response:
    """Each member who is there, with what she raised her hand for so far."""
    reading, now = house.reading(), house.now()
    meeting = get_led(reading, ref, house.actor(), now)
    item = agenda.get_item(reading, meeting.id, item_id)
    draft = queries.draft_at_hands(reading, item)
    if draft is None:
        raise NotFound
    here: Sequence[Member] = _here(meeting)
    wrong: Mapping[str, Say] = {}
    seen = {
        one.hand.person_id: (one.hand.stands.value, one.hand.note) for one in handing.hands_of(reading, draft, now).seen
    }
    if request.method == "POST":
        wrong = _written(meeting, item_id, here)
        if not wrong:
            return see_other("meetings.show", ref=ref)
    return render("meetings/deciding/hands.html", meeting=meeting, item=item, members=here, kinds=KINDS, ways=HANDS,
                  were=seen, said=_typed(here) if wrong else seen, wrong=wrong, nothing=NOTHING,
                  may=may_minute(house.actor(), meeting, now), status=422 if wrong else 200)  # fmt: skip


def _written(meeting: Meeting, item_id: UUID, here: Sequence[Member]) -> Mapping[str, Say]:
    """What stands in the way, by person; nothing where it was done."""
    try:
        with house.acting() as work:
            service.write_hands_down(work, meeting.id, item_id, _changes(here))
    except errors.Invalid as refused:
        return refused.fields
    return {}


def _typed(here: Sequence[Member]) -> dict[UUID, Hand]:
    found = ((one.person_id, request.form.get(str(one.person_id), "")) for one in here)
    return {who: (stands, clean(request.form.get(f"note-{who}"))) for who, stands in found}


def _changes(here: Sequence[Member]) -> dict[UUID, tuple[Stands, str]]:
    """What was chosen, where it is not what stood there when the page was made."""
    were = {
        one.person_id: (
            request.form.get(f"was-{one.person_id}", ""),
            clean(request.form.get(f"note-was-{one.person_id}")),
        )
        for one in here
    }
    typed = _typed(here).items()
    return {
        who: (Stands(stands), note)
        for who, (stands, note) in typed
        if stands in list(Stands) and (stands, note) != were[who]
    }


def _here(meeting: Meeting) -> list[Member]:
    how = queries.attendance(house.reading(), meeting.id)
    members = meetings.members_at(house.reading(), meeting, house.now())
    return [one for one in members if how.get(one.person_id) in PRESENT]
