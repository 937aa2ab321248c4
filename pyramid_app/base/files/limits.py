"""Only the pages that take files take more than a long letter, and only from those whom they let in."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue

from pyramid_app.base.web.guard import admits, declared
from pyramid_app.base.web.house import actor

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

MOST_BYTES = 10_000_000
"""Of a whole form. Twice what a file may have, so that somebody who chose too large a one keeps what she wrote."""


def takes_files(view: View) -> View:
    """Declares that a view takes files."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "takes_files", False):
        return
    who = declared(current_app, request.endpoint or "")
    if who is not None and admits(who, actor()):
        request.max_content_length = MOST_BYTES


def init(app: Flask) -> None:
    """Before anything reads a form, so before the guard of forms is laid."""
    app.before_request(_make_room)
