"""Stopping letters by the link at their end, signed in or not.

A GET shows a page with a button: mail scanners open links, they press nothing. A POST stops; a mail program may send
it by itself when its reader presses "unsubscribe" (RFC 8058), without cookies.
"""

from flask import Response, request

from pyramid_app.accounts import door
from pyramid_app.accounts import queries as people
from pyramid_app.accounts.models import Person
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, the_address_is_the_key
from pyramid_app.base.web.render import render, see_other
from pyramid_app.participation import stopping
from pyramid_app.participation.blueprint import blueprint
from pyramid_app.participation.stopping import StopLink


@blueprint.get("/stop/<token>")
@anyone
def stop_page(token: str) -> Response:
    return _page(token)


@blueprint.post("/stop/<token>")
@anyone
@the_address_is_the_key
def stop(token: str) -> Response:
    """A mail program is answered with the page itself: it need not follow a redirect."""
    link, reader = _find(token)
    if link is None or reader is None:
        return _page(token)
    # Whoever is signed in on this device, the link speaks for its reader.
    with house.acting(NOBODY) as work:
        stopping.stop_letters(work, link)
    one_click = request.form.get("List-Unsubscribe") == "One-Click"
    return _page(token) if one_click else see_other("participation.stop_page", token=token)


@blueprint.post("/stop/<token>/undo")
@anyone
def stop_undo(token: str) -> Response:
    """It was a mistake, or she has thought again."""
    link, reader = _find(token)
    if link is not None and reader is not None:
        with house.acting(NOBODY) as work:
            stopping.want_letters_again(work, link)
    return see_other("participation.stop_page", token=token)


def _find(token: str) -> tuple[StopLink | None, Person | None]:
    link = stopping.read_stop(door.secret(), token)
    return link, stopping.find_reader(house.reading(), link)


def _page(token: str) -> Response:
    """Which letters, to whom (masked: a forwarded letter must not tell), and what can be done."""
    link, reader = _find(token)
    if link is None or reader is None:
        return render("participation/stop_old.html", status=404)
    wanted = [stop for stop in link.stops if people.wants(house.reading(), reader.id, stop)]
    points = people.list_contact_points(house.reading(), reader.id)
    return render(
        "participation/stop.html", token=token, stops=link.stops, wanted=wanted,
        sent_to=people.masked(points[0].address),
    )  # fmt: skip
