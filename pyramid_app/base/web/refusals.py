"""Refusals become pages once, here: a sentence and a way on, never a stack trace."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, make_response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from pyramid_app.base import clock, errors
from pyramid_app.base.db import is_away
from pyramid_app.base.ledger.faults import Faults
from pyramid_app.base.web import house
from pyramid_app.base.web.headers import POLICY, ask_number, shown_path
from pyramid_app.base.web.render import render
from pyramid_app.kit.say import Say

log = structlog.get_logger()

TITLES = {
    403: Say("You can't do this"),
    404: Say("We can't find that page"),
    409: Say("Something changed while you were here"),
    413: Say("That is too much at once"),
    422: Say("Please look at this again"),
    500: Say("Sorry, something went wrong"),
    503: Say("We are closed for a moment"),
}
REASONS = {
    404: Say("If you typed the address, check it is right. If you came by a link, it may be old."),
    413: Say("What you sent is too large. Please go back and make it shorter, or the file smaller. It is all there."),
    500: Say("Nothing you sent was half-kept. Please go back and try again."),
    503: Say("Please come back in a few minutes."),
}
ANY_PAGE = "any page"
STYLE = (
    "body{margin:0 auto;padding:1.5rem;max-width:38rem;color:#22201c;background:#fdfbf8;"
    "font:1.125rem/1.5 system-ui,sans-serif}h1{font-size:1.875rem;line-height:1.2}"
)
"""Of the page that needs nothing: no file, so that it can be shown when the front end's files are what is missing."""
BARE_POLICY = POLICY.replace(
    "style-src 'self'", f"style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
)


def page(status: int, reason: Say | None = None, words: Sequence[str] = ()) -> Response:
    """The page of a refusal; ``words``: what somebody wrote and must not lose."""
    title = TITLES.get(status, TITLES[500 if status >= 500 else 404])
    reason = reason or REASONS.get(status)
    number = ask_number() if status >= 500 else None
    return render("layouts/refused.html", status=status, title=title, reason=reason, words=words, number=number)


def bare_page(status: int) -> Response:
    """A page that needs neither the database nor a file of the front end. How to reach us is what we knew last."""
    bare = current_app.jinja_env.get_template("layouts/bare.html").render(
        title=TITLES[status], reason=REASONS[status], number=ask_number(), style=STYLE, area=house.house().known.area,
        maybe_lost=request.method == "POST" and status == 503,
    )  # fmt: skip
    headers = {"Content-Security-Policy": BARE_POLICY, **({"Retry-After": "120"} if status == 503 else {})}
    return make_response(bare, status, headers)


def words_sent() -> list[str]:
    """What was written in the form that was sent: values with more than one word, no marks and choices."""
    return [text for _name, text in request.form.items(multi=True) if len(text.split()) > 1]


def init(app: Flask) -> None:
    for kind, status in (
        (errors.NotFound, 404),
        (errors.NotAllowed, 403),
        (errors.Conflict, 409),
        (errors.Invalid, 422),
    ):
        app.register_error_handler(kind, lambda refused, status=status: page(status, refused.reason))
    app.register_error_handler(CSRFError, lambda _error: page(403, Say(
        "This page was open for too long, or your browser does not keep cookies. Please go back, load the page again"
        " and send it once more.")))  # fmt: skip
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, lambda _error: _broken())
    _init_faults(app)


def _http(error: HTTPException) -> Response:
    if error.code and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    return page(error.code or 500)


def _broken() -> Response:
    """The usual page if it can be made; if what is broken is needed for it, the one that needs nothing."""
    # What failed may have left the session for looking in the middle of something.
    house.forget_reading()
    try:
        return page(500)
    except Exception:
        return bare_page(500)


def _init_faults(app: Flask) -> None:
    """A database that is away closes us for a moment, and is logged once, not for each page that met it."""
    faults = Faults()

    def failed(failure: SQLAlchemyError) -> Response:
        if not is_away(failure):
            raise failure
        faults.failed(ANY_PAGE, failure, clock.now())
        return bare_page(503)

    def answered(response: Response) -> Response:
        if faults.fails(ANY_PAGE) and "area" in g and response.status_code < 500:
            faults.worked(ANY_PAGE, clock.now())
        return response

    app.register_error_handler(SQLAlchemyError, failed)
    app.after_request(answered)
    app.log_exception = _log_exception  # type: ignore[method-assign]


def _log_exception(exc_info: Any) -> None:
    """Flask's own line would have the whole path, secrets included, and the exception's words."""
    log.error("page failed", method=request.method, path=shown_path(request.path), exc_info=exc_info[1])
