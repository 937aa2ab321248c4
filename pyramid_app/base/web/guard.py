"""Default deny: a view that does not say for whom it is cannot be served."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pyramid_app.base.actor import Actor, Hat
from pyramid_app.base.web.house import actor
from pyramid_app.base.web.refusals import page, words_sent
from pyramid_app.base.web.sizes import room_of
from pyramid_app.kit.say import Say

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Audience(StrEnum):
    """For whom a view is."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    LINK_WORKER = "link worker"
    OFFICER = "officer"
    LEAD = "lead"


def audience(who: Audience) -> Callable[[View], View]:
    """Declares for whom a view is; every view has exactly one."""

    def declare(view: View) -> View:
        view.audience = who  # type: ignore[attr-defined]
        return view

    return declare


anyone = audience(Audience.ANYONE)
signed_in = audience(Audience.SIGNED_IN)
link_workers = audience(Audience.LINK_WORKER)
officers = audience(Audience.OFFICER)
leads = audience(Audience.LEAD)


KEYLESS = "the_address_is_the_key"


def the_address_is_the_key(view: View) -> View:
    """The one exception to CSRF tokens: a POST whose address is itself the secret that allows it, and that a mail
    program sends without ever having seen a page. A law keeps the list of such views."""
    setattr(view, KEYLESS, True)
    return view


def keyless(app: Flask) -> list[Callable[..., Any]]:
    """The views that take a POST without a CSRF token."""
    return [view for view in app.view_functions.values() if hasattr(view, KEYLESS)]


def declared(app: Flask, endpoint: str) -> Audience | None:
    """The audience of an endpoint; Flask's own static files are for anyone."""
    if endpoint == "static":
        return Audience.ANYONE
    return getattr(app.view_functions.get(endpoint), "audience", None)


def admits(who: Audience, someone: Actor) -> bool:
    """Whether that person belongs to that audience, with the hat that is on."""
    return {
        Audience.ANYONE: True,
        Audience.SIGNED_IN: someone.signed_in,
        Audience.LINK_WORKER: someone.enters_for_others,
        Audience.OFFICER: someone.is_officer,
        Audience.LEAD: someone.is_lead,
    }[who]


def check() -> ResponseReturnValue | None:
    """Before each request. A stranger is asked to sign in; a member before an officer's door sees no door.

    Whoever was signed out, or lost the staff hat, while she wrote gets her words back.
    """
    if request.endpoint is None:
        return None
    who = declared(current_app, request.endpoint)
    if who is None:
        raise RuntimeError(f"{request.endpoint} does not say for whom it is")
    if who is Audience.ANYONE or admits(who, actor()):
        return None
    why = _lost_on_the_way(who, actor())
    if why and request.method == "POST" and (words := words_sent()):
        return page(403, why, words)
    return abort(404) if actor().signed_in else _ask_to_sign_in()


def _lost_on_the_way(who: Audience, someone: Actor) -> Say | None:
    """What may have happened between opening a form and sending it; ``None`` where this door never was theirs."""
    if not someone.signed_in:
        return Say("You are not signed in any more, so nothing was sent. Copy your words, then sign in."
                   " If you can't come back to the desk, what you did there has ended: ask a lead.")  # fmt: skip
    if admits(who, replace(someone, hat=Hat.STAFF)):
        return Say("You are here as a family now, so nothing was sent. Copy your words, and be here as staff again.")
    return None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method == "POST" and room_of(current_app, request.endpoint, request.method):
        # The same page as with words: what follows must not tell whether there were any.
        return page(403, Say("You are not signed in any more, so nothing was sent. Please sign in and answer again."))
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    where = url_for("accounts.sign_in", next=back)
    if request.headers.get("HX-Request"):
        # Never a sign-in page inside a fragment.
        response = make_response("", 200)
        response.headers["HX-Redirect"] = where
        return response
    return redirect(where, 303)
