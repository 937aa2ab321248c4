"""Answering while signed in: paper, check page, thank you."""

from uuid import UUID

from flask import Response, url_for

from pyramid_app.ballots.service import VOTED
from pyramid_app.base import errors
from pyramid_app.base.actor import Verdict
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import see_other
from pyramid_app.base.web.sizes import one_size
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.room import room_by_ref
from pyramid_app.polls.answering.screens import (
    Door,
    came,
    check_page,
    paper_page,
    refusals,
    refused_page,
    remember,
    sent_answers,
    shared_page,
    thanks_page,
)
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.models import Poll
from pyramid_app.polls.permissions import may_answer


@blueprint.route("/polls/<ref>/paper", methods=["GET", "POST"])
@signed_in
@one_size(room_by_ref, {"POST"})
def paper(ref: str) -> Response:
    """The questions; by POST with what was chosen so far, to change it."""
    poll, raw = _poll(ref), sent_answers()
    verdict = _may(poll)
    if not verdict:
        return refused_page(poll, verdict.reason or Say("You can't do this."), raw)
    answered = queries.has_answered(house.reading(), poll, _me())
    if answered and poll.ratifies:
        return refused_page(poll, VOTED, raw)
    return paper_page(poll, _door(ref), raw, answered=answered)


@blueprint.post("/polls/<ref>/check")
@signed_in
@one_size(room_by_ref)
def check(ref: str) -> Response:
    """Stores nothing."""
    poll, raw = _poll(ref), sent_answers()
    verdict = _may(poll)
    if not verdict:
        return refused_page(poll, verdict.reason or Say("You can't do this."), raw)
    try:
        answering.check(house.reading(), poll, raw)
    except errors.Invalid as refused:
        return paper_page(poll, _door(ref), raw, refusals(refused))
    return check_page(poll, _door(ref), raw)


@blueprint.post("/polls/<ref>/cast")
@signed_in
@one_size(room_by_ref)
def cast(ref: str) -> Response:
    raw = sent_answers()
    try:
        with house.acting() as work:
            poll = queries.get_poll(work.session, ref, work.now)
            done = answering.answer_signed_in(work, poll.id, raw, came())
    except errors.Invalid as refused:
        return paper_page(_poll(ref), _door(ref), raw, refusals(refused))
    except errors.NotAllowed as refused:
        return refused_page(_poll(ref), refused.reason, raw)
    if done is None:
        return shared_page(_poll(ref), raw)
    remember(ref, done)
    return see_other("polls.thanks", ref=ref)


@blueprint.get("/polls/<ref>/thanks")
@signed_in
def thanks(ref: str) -> Response:
    return thanks_page(_poll(ref), _door(ref))


def _poll(ref: str) -> Poll:
    return queries.get_poll(house.reading(), ref, house.now())


def _may(poll: Poll) -> Verdict:
    asked = queries.is_asked(house.reading(), poll, _me(), house.now())
    return may_answer(house.actor(), asked, poll, house.now())


def _me() -> UUID:
    person = house.actor().person_id
    assert person is not None  # noqa: S101  the guard lets nobody else in
    return person


def _door(ref: str) -> Door:
    paths = {name: url_for(f"polls.{name}", ref=ref) for name in ("paper", "check", "cast")}
    return Door("signed in", **paths)
