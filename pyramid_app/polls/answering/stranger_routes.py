"""Answering first, and saying who one is afterwards: question, check, code, thank you. Four page loads.

Nothing is stored before the answer is cast but the letter with the code. The answer rides sealed in the page, and
for 30 minutes in a cookie of this poll alone, so that a phone that drops the tab loses nothing.
"""

from typing import Any

from flask import Response, request, url_for

from pyramid_app.accounts.codes.queries import find_sending
from pyramid_app.accounts.door import asker, secret
from pyramid_app.accounts.forms import CodeForm
from pyramid_app.accounts.queries import normal_address
from pyramid_app.ballots.sealing import CARRIED_FOR
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.web.sizes import one_size
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.forms import StrangerForm
from pyramid_app.polls.answering.room import room_by_ref
from pyramid_app.polls.answering.screens import (
    Door,
    check_page,
    paper_page,
    refusals,
    refused_page,
    remember,
    sent_answers,
    shared_page,
    thanks_page,
)
from pyramid_app.polls.answering.service import Raw
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.models import Poll
from pyramid_app.polls.permissions import may_answer, may_be_answered

COOKIE = "answer"
LARGEST_COOKIE = 3000


@blueprint.route("/q/<ref>", methods=["GET", "POST"])
@anyone
@one_size(room_by_ref, {"POST"})
def short(ref: str) -> Response:
    """The questions; by POST with what was chosen so far, to change it."""
    poll, raw = _poll(ref), sent_answers()
    verdict = may_be_answered(poll, house.now())
    if not verdict:
        return refused_page(poll, verdict.reason or Say("You can't do this."), raw)
    if request.method == "GET" and _answers_signed_in(poll):
        return see_other("polls.paper", ref=ref)
    return paper_page(poll, _door(ref), raw, waiting=COOKIE in request.cookies)


@blueprint.post("/q/<ref>/check")
@anyone
@one_size(room_by_ref)
def short_check(ref: str) -> Response:
    """Checks and seals the answer; stores nothing."""
    poll, raw = _poll(ref), sent_answers()
    try:
        answers = answering.check(house.reading(), poll, raw)
        carried = answering.carry(house.reading(), secret(), poll, answers, house.now())
    except errors.Invalid as refused:
        return paper_page(poll, _door(ref), raw, refusals(refused))
    except errors.NotAllowed as refused:
        return refused_page(poll, refused.reason, raw)
    return check_page(poll, _door(ref), raw, form=_stranger_form(poll), carried=carried)


@blueprint.post("/q/<ref>/code")
@anyone
@one_size(room_by_ref)
def short_code(ref: str) -> Response:
    """Two ticks and an address: a code is on its way, and the sealed answer is good only together with it."""
    poll, raw, carried = _poll(ref), sent_answers(), request.form.get("carried", "")
    form = _stranger_form(poll)
    if not form.validate():
        return check_page(poll, _door(ref), raw, form=form, carried=carried, status=422)
    try:
        _kind, address = normal_address(form.address.data or "", house.house().channels)
        with house.acting(NOBODY) as work:
            bound = answering.ask_for_code(work, asker(), poll.id, carried, address)
    except errors.Invalid as refused:
        form.take(refused)
        return check_page(poll, _door(ref), raw, form=form, carried=carried, status=422)
    except (errors.NotAllowed, errors.Conflict) as refused:
        return _refused(poll, refused, raw)
    if isinstance(bound, Say):
        form.take(errors.Invalid({"address": bound}))
        return check_page(poll, _door(ref), raw, form=form, carried=carried, status=429)
    return _code_page(poll, raw, bound, CodeForm(formdata=None))


@blueprint.get("/q/<ref>/code")
@anyone
@one_size(room_by_ref)
def short_code_again(ref: str) -> Response:
    """The phone has dropped the tab: the code can still be typed, the answer is in the cookie."""
    carried = request.cookies.get(COOKIE, "")
    if not carried:
        return see_other("polls.short", ref=ref)
    return _code_page(_poll(ref), {}, carried, CodeForm(formdata=None))


@blueprint.post("/q/<ref>/cast")
@anyone
@one_size(room_by_ref)
def short_cast(ref: str) -> Response:
    """A right code does it all in one act. A wrong one is counted, and the answer stays."""
    poll, raw, form = _poll(ref), sent_answers(), CodeForm()
    carried = request.form.get("carried") or request.cookies.get(COOKIE, "")
    if not form.validate():
        return _code_page(poll, raw, carried, form, status=422)
    try:
        with house.acting(NOBODY) as work:
            outcome = answering.answer_with_code(work, asker(), poll.id, carried, form.code.data or "")
    except (errors.NotAllowed, errors.Conflict) as refused:
        return _refused(poll, refused, raw)
    if isinstance(outcome, Say):
        form.take(errors.Invalid({"code": outcome}))
        return _code_page(poll, raw, carried, form, status=422)
    if outcome is None:
        return shared_page(poll, raw)
    remember(ref, outcome)
    response = see_other("polls.short_thanks", ref=ref)
    response.delete_cookie(COOKIE, path=url_for("polls.short", ref=ref))
    return response


@blueprint.get("/q/<ref>/thanks")
@anyone
def short_thanks(ref: str) -> Response:
    return thanks_page(_poll(ref), _door(ref))


def _code_page(poll: Poll, raw: Raw, carried: str, form: CodeForm, status: int = 200) -> Response:
    ask = answering.ask_of(secret(), poll, carried)
    response = render(
        "polls/code.html", "main", poll=poll, raw=raw, carried=carried, form=form, door=_door(poll.ref),
        sending=find_sending(house.reading(), ask), now=house.now(), status=status,
    )  # fmt: skip
    if len(carried) < LARGEST_COOKIE:
        response.set_cookie(
            COOKIE, carried, max_age=CARRIED_FOR, path=url_for("polls.short", ref=poll.ref),
            httponly=True, samesite="Lax", secure=house.house().settings.secure,
        )  # fmt: skip
    return response


def _refused(poll: Poll, refused: errors.Refused, raw: Raw) -> Response:
    """Closed meanwhile, or a page that was open for too long: the answers stay on the screen either way."""
    if isinstance(refused, errors.NotAllowed) or not raw:
        return refused_page(poll, refused.reason, raw)
    return paper_page(poll, _door(poll.ref), raw, problem=refused.reason, status=409)


def _stranger_form(poll: Poll) -> StrangerForm:
    form = StrangerForm() if "address" in request.form else StrangerForm(formdata=None)
    return form.for_whom(poll.for_young_people)


def _answers_signed_in(poll: Poll) -> bool:
    someone = house.actor()
    if someone.person_id is None:
        return False
    asked = queries.is_asked(house.reading(), poll, someone.person_id, house.now())
    return bool(may_answer(someone, asked, poll, house.now()))


def _poll(ref: str) -> Poll:
    return queries.get_poll(house.reading(), ref, house.now())


def _door(ref: str) -> Door:
    here: dict[str, Any] = {"ref": ref}
    return Door(
        "stranger", url_for("polls.short", **here), url_for("polls.short_check", **here),
        url_for("polls.short_code", **here),
    )  # fmt: skip
