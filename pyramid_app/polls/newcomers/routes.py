"""The desk's page of newcomers: every open question, and those who wait."""

from flask import Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.newcomers import queries, service
from pyramid_app.polls.newcomers.forms import DecideForm
from pyramid_app.polls.queries import get_poll, open_polls


@blueprint.get("/desk/newcomers")
@officers
def desk_newcomers() -> Response:
    return _page(DecideForm(formdata=None), "")


@blueprint.post("/desk/polls/<ref>/newcomers")
@officers
def desk_decide_newcomers(ref: str) -> Response:
    """Count those who wait from one network, or set them aside."""
    poll, form = get_poll(house.reading(), ref, house.now()), DecideForm()
    take, network = request.form.get("how") == "count", form.network.data or ""
    because = form.because.data or ""
    if acted(form, lambda work: service.decide(work, poll.id, network, take=take, because=because)):
        return see_other("polls.desk_newcomers")
    return _page(form, ref)


def _page(form: DecideForm, ref: str) -> Response:
    """``ref``: the question that was decided about, if something has to be mended there."""
    session, now = house.reading(), house.now()
    waiting = queries.polls_that_wait(session)
    polls = {poll.id: poll for poll in (*waiting, *open_polls(session, now))}
    found = [queries.newcomers_to(session, poll, now) for poll in polls.values()]
    return render("polls/newcomers.html", "main", found=found, form=form, ref=ref, status=form.status)
