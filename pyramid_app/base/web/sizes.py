"""Pages of one size. Where a page repeats what somebody answered, its length must not tell what it was.

Logs of proxies hold the length of every page, and TLS does not hide it. ``one_size`` says of a view how large its
pages are; here, and nowhere else, they are filled up to that. A page that is filled says ``no-transform`` and
``identity``: compressed, it would have as many lengths as before.
"""

import os
from base64 import b64encode
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

STEP = 16 * 1024
"""A page that has outgrown its size gets as many more of these as it needs."""

ALL = frozenset({"GET", "POST"})
ROOM = "room_of_its_pages"
OPENS, CLOSES = b"<!--", b"-->\n"
_RANDOM = b64encode(os.urandom(96 * 1024))
"""Drawn once a process: no part of it comes twice in a page, so it cannot be made smaller on its way."""


def one_size(room: Callable[..., int], methods: Collection[str] = ALL) -> Callable[[View], View]:
    """Every page of the view is as large as ``room`` says, in bytes; it is asked with what stands in the address.

    Also those pages that are made instead: a refusal, a lost sign-in with the words that were sent. What leads
    elsewhere (303) has no page, and a fault's page (500) repeats nothing.
    """

    def declare(view: View) -> View:
        setattr(view, ROOM, (room, frozenset(methods)))
        return view

    return declare


def room_of(app: Flask, endpoint: str | None, method: str) -> Callable[..., int] | None:
    """How large the pages of an endpoint are, if that is said of it."""
    room, methods = getattr(app.view_functions.get(endpoint or ""), ROOM, (None, ()))
    return room if method in methods else None


def filler(length: int) -> bytes:
    """A comment of so many bytes, eight or more."""
    inside = length - len(OPENS) - len(CLOSES)
    return OPENS + (_RANDOM * (inside // len(_RANDOM) + 1))[:inside] + CLOSES


def same_size(response: Response, room: int) -> Response:
    """The same page, filled up to ``room`` bytes, or where it is larger to the next step above."""
    body = response.get_data()
    least = len(body) + len(OPENS) + len(CLOSES)
    size = room + max(0, -(-(least - room) // STEP)) * STEP
    response.set_data(body + filler(size - len(body)))
    response.headers["Content-Encoding"] = "identity"
    response.headers["Cache-Control"] = "no-store, no-transform"
    return response


def _fill(response: Response) -> Response:
    """After each request."""
    room = room_of(current_app, request.endpoint, request.method)
    if room is None or not _is_page(response):
        return response
    view_args: dict[str, Any] = request.view_args or {}
    return same_size(response, room(**view_args))


def _is_page(response: Response) -> bool:
    whole = response.mimetype == "text/html" and not response.location and response.status_code < 500
    return whole and bool(response.get_data())


def init(app: Flask) -> None:
    app.after_request(_fill)
