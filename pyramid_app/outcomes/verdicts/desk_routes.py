"""On the desk: whom to ring, and starting a topic again; for representatives: we have talked about it."""

from uuid import UUID

from flask import Response

from pyramid_app.accounts import queries as accounts
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.verdicts import queries, reopening, service
from pyramid_app.outcomes.verdicts.blueprint import blueprint
from pyramid_app.outcomes.verdicts.forms import ReopenForm
from pyramid_app.outcomes.verdicts.sides import NAMES
from pyramid_app.topics import queries as topics


@blueprint.get("/desk/calls")
@officers
def calls() -> Response:
    """Families that asked to be rung, the first promised day first."""
    waiting, today = queries.to_ring(house.reading()), london_date(house.now())
    return render("outcomes/verdicts/calls.html", waiting=waiting, today=today, names=NAMES)


@blueprint.post("/desk/calls/<uuid:outcome_id>/<uuid:person_id>")
@officers
def rung(outcome_id: UUID, person_id: UUID) -> Response:
    with house.acting() as work:
        service.have_rung(work, outcome_id, person_id)
    return see_other("verdicts.calls")


@blueprint.route("/desk/topics/<ref>/reopen", methods=["GET", "POST"])
@officers
def reopen(ref: str) -> Response:
    """Start a finished topic again, with a reason that families read and somebody who looks after it."""
    topic, form = topics.get_topic(house.reading(), ref), ReopenForm()
    form.offer(_staff())
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                reopening.reopen(work, topic.id, form.because.data or "", form.owner_id())
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.topic", ref=ref)
    return render("outcomes/verdicts/reopen.html", "main", topic=topic, form=form, status=form.status)


def _staff() -> dict[UUID, str]:
    reading = house.reading()
    staff = reopening.staff_of(reading, house.now())
    names = accounts.names_of(reading, list(staff))
    return {person_id: names[person_id] for person_id in staff}


@blueprint.post("/topics/<ref>/reopened/seen")
@signed_in
def seen(ref: str) -> Response:
    """A representative: we have talked about it."""
    topic = topics.get_topic(house.reading(), ref)
    with house.acting() as work:
        reopening.mark_seen(work, topic.id)
    return see_other("pages.topic", ref=ref)
