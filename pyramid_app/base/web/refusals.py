"""Refusals become pages once, here: a sentence and a way on, never a stack trace."""

from collections.abc import Sequence

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from pyramid_app.base import errors
from pyramid_app.base.web.render import render
from pyramid_app.kit.say import Say

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
    500: Say("Nothing you sent was half-kept. Please go back and try again. If it goes on, write to us."),
    503: Say("Please come back in a few minutes."),
}


def page(status: int, reason: Say | None = None, words: Sequence[str] = ()) -> Response:
    """The page of a refusal; ``words``: what somebody wrote and must not lose."""
    title = TITLES.get(status, TITLES[500 if status >= 500 else 404])
    reason = reason or REASONS.get(status)
    return render("layouts/refused.html", status=status, title=title, reason=reason, words=words)


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
    app.register_error_handler(500, lambda _error: page(500))


def _http(error: HTTPException) -> Response:
    if error.code and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    return page(error.code or 500)
