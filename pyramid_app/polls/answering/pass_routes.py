"""Answering by the link in an invitation. It opens one paper: no sign-in, no name, no other page.

A GET shows a title and a button: mail scanners open links, they press nothing.
"""

from collections.abc import Callable

from flask import Response, url_for

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts.door import secret
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.web.sizes import one_size
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.passes import read_pass
from pyramid_app.polls.answering.room import room_by_pass
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
from pyramid_app.polls.answering.service import Opened
from pyramid_app.polls.blueprint import blueprint


@blueprint.get("/p/<token>")
@anyone
def open_pass(token: str) -> Response:
    return _through(token, lambda opened: render("polls/pass.html", poll=opened.poll, door=_door(token, opened)))


@blueprint.post("/p/<token>")
@anyone
@one_size(room_by_pass)
def pass_paper(token: str) -> Response:
    """The questions; with what was chosen so far, to change it."""
    return _through(token, lambda opened: paper_page(opened.poll, _door(token, opened), sent_answers()))


@blueprint.post("/p/<token>/check")
@anyone
@one_size(room_by_pass)
def pass_check(token: str) -> Response:
    """Stores nothing."""
    return _through(token, lambda opened: _check(token, opened))


@blueprint.post("/p/<token>/cast")
@anyone
@one_size(room_by_pass)
def pass_cast(token: str) -> Response:
    return _through(token, lambda opened: _cast(token, opened))


@blueprint.get("/p/<token>/thanks")
@anyone
def pass_thanks(token: str) -> Response:
    return _through(token, lambda opened: thanks_page(opened.poll, _door(token, opened)))


def _check(token: str, opened: Opened) -> Response:
    raw = sent_answers()
    try:
        answering.check(house.reading(), opened.poll, raw)
    except errors.Invalid as refused:
        return paper_page(opened.poll, _door(token, opened), raw, refusals(refused))
    return check_page(opened.poll, _door(token, opened), raw)


def _cast(token: str, opened: Opened) -> Response:
    raw = sent_answers()
    try:
        # Whoever is signed in on this device, the pass speaks for its owner.
        with house.acting(NOBODY) as work:
            held, site = read_pass(secret(), token), house.house().settings.address
            cast = answering.answer_by_pass(work, held, raw, site, came())
    except errors.Invalid as refused:
        return paper_page(opened.poll, _door(token, opened), raw, refusals(refused))
    if cast is None:
        return shared_page(opened.poll, raw)
    remember(opened.poll.ref, cast)
    return see_other("polls.pass_thanks", token=token)


def _through(token: str, then: Callable[[Opened], Response]) -> Response:
    """Do ``then`` if the pass opens now; else, or if it closes meanwhile, a kind page with a way on."""
    held = read_pass(secret(), token)
    try:
        return then(answering.open_pass(house.reading(), held, house.now()))
    except errors.NotFound as refused:
        return refused_page(None, refused.reason, {}, status=404)
    except errors.NotAllowed as refused:
        poll = queries.find_by_ballot(house.reading(), held.ballot_id) if held else None
        return refused_page(poll, refused.reason, sent_answers(), status=410)


def _door(token: str, opened: Opened) -> Door:
    reach = accounts.find_reach(house.reading(), opened.person_id, house.house().channels)
    paths = {
        "paper": url_for("polls.open_pass", token=token),
        "check": url_for("polls.pass_check", token=token),
        "cast": url_for("polls.pass_cast", token=token),
    }
    return Door("pass", **paths, sent_to=accounts.masked(reach[1]) if reach else "")
