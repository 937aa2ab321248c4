"""The pages of fairness: the representative's look, the desk's list, and the two acts on a question that is open."""

from flask import Response

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form, acted
from pyramid_app.base.web.guard import officers, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.texts import london_date
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.fairness import queries, service
from pyramid_app.polls.fairness.forms import ExtendForm, FormatForm, MarkForm, SharpenForm, WithdrawForm
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import get_draft, get_poll, paper_of
from pyramid_app.polls.rules import State, state_of


@blueprint.route("/polls/<ref>/look", methods=["GET", "POST"])
@signed_in
def look(ref: str) -> Response:
    """The wording, for a representative who was asked to look at it. For anybody else there is no such page."""
    session, person_id = house.reading(), house.actor().person_id
    poll = get_draft(session, ref)
    mine = queries.find_look(session, poll, person_id) if person_id else None
    if mine is None or state_of(poll, house.now()) is not State.WRITTEN:
        raise errors.NotFound
    form = MarkForm(fair=None if mine.fair is None else "yes" if mine.fair else "no", because=mine.because)
    if acted(form, lambda work: service.mark(work, poll.id, form.fair.data == "yes", form.because.data or "")):
        return see_other("polls.look", ref=ref)
    return render(
        "polls/fairness/look.html", "main", poll=poll, paper=paper_of(session, poll), form=form, look=mine,
        status=form.status,
    )  # fmt: skip


@blueprint.get("/desk/polls/<ref>/fairness")
@officers
def desk_fairness(ref: str) -> Response:
    """Who looked at the wording, and which formats are ready."""
    return _fairness_page(get_draft(house.reading(), ref), FormatForm(formdata=None), "")


@blueprint.post("/desk/polls/<ref>/fairness/look")
@officers
def desk_ask_to_look(ref: str) -> Response:
    poll = get_draft(house.reading(), ref)
    with house.acting() as work:
        service.ask_to_look(work, poll.id, house.house().settings.address)
    return see_other("polls.desk_fairness", ref=ref)


@blueprint.post("/desk/polls/<ref>/fairness/formats/<name>")
@officers
def desk_format(ref: str, name: str) -> Response:
    """Where a promised format is, or why it is not there."""
    poll, form = get_draft(house.reading(), ref), FormatForm()
    if name not in house.area().formats_promised:
        raise errors.NotFound
    address, because = form.address.data or "", form.because.data or ""
    act = service.format_ready if address else service.waive_format
    done = acted(form, lambda work: act(work, poll.id, name, address or because))
    return see_other("polls.desk_fairness", ref=ref) if done else _fairness_page(poll, form, name)


def _fairness_page(poll: Poll, form: FormatForm, name: str) -> Response:
    session, now = house.reading(), house.now()
    return render(
        "polls/fairness/desk.html", "main", poll=poll, looks=queries.looks_of(session, poll),
        state=queries.state_of_looks(session, poll, now), written=state_of(poll, now) is State.WRITTEN,
        formats={one.name: one for one in queries.formats_of(session, poll)}, form=form, tried=name, status=form.status,
    )  # fmt: skip


@blueprint.route("/desk/polls/<ref>/extend", methods=["GET", "POST"])
@officers
def desk_extend(ref: str) -> Response:
    poll, form = get_poll(house.reading(), ref, house.now()), ExtendForm()
    done = acted(
        form, lambda work: service.extend(work, poll.id, form.closes_at, form.because.data or "", form.next_by.data)
    )
    return see_other("polls.show", ref=ref) if done else _act_page("extend", poll, form)


@blueprint.route("/desk/polls/<ref>/withdraw", methods=["GET", "POST"])
@officers
def desk_withdraw(ref: str) -> Response:
    poll, form = get_poll(house.reading(), ref, house.now()), WithdrawForm()
    done = acted(form, lambda work: service.withdraw(work, poll.id, form.because.data or ""))
    return see_other("polls.show", ref=ref) if done else _act_page("withdraw", poll, form)


@blueprint.route("/desk/polls/<ref>/next", methods=["GET", "POST"])
@officers
def desk_sharpen(ref: str) -> Response:
    poll = get_poll(house.reading(), ref, house.now())
    form = SharpenForm(next_what=poll.next_what, next_by=poll.next_by)
    day = form.next_by.data or london_date(house.now())
    done = acted(form, lambda work: service.sharpen(work, poll.id, form.next_what.data or "", day))
    return see_other("polls.show", ref=ref) if done else _act_page("sharpen", poll, form)


def _act_page(name: str, poll: Poll, form: Form) -> Response:
    return render(f"polls/fairness/{name}.html", "main", poll=poll, form=form, status=form.status)
