"""What every answer carries: a strict content policy, no leaking referrer, nothing personal in a cache."""

import secrets
import time
from collections.abc import Callable
from wsgiref.headers import Headers

import structlog
from flask import Flask, Response, g, request

from pyramid_app.base.web.house import house

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HSTS = "max-age=31536000"
SECRET_FIRST_PARTS = frozenset(
    {"p", "invitation", "link", "v", "answer", "stop", "received", "objection", "keep", "not-me"}
)

WITH_REFERENCE = frozenset({"feedback"})
"""Here a message's reference follows: beside a network address it would tell who wrote."""

log = structlog.get_logger()


def shown_path(path: str) -> str:
    """A path as a log may hold it: of an address that carries a secret or a reference, only the first part."""
    first = path.lstrip("/").partition("/")[0]
    return f"/{first}/…" if first in SECRET_FIRST_PARTS | WITH_REFERENCE else path


STATIC_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For styles, scripts and pictures of our own: opened by itself, none of them runs or fetches anything."""


def for_static(secure: bool) -> Callable[[Headers, str, str], None]:
    """What every static file carries; they are served before any of our routes."""

    def add(headers: Headers, _path: str, _url: str) -> None:
        headers["Content-Security-Policy"] = STATIC_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if secure:
            headers["Strict-Transport-Security"] = HSTS

    return add


def add_headers(response: Response) -> Response:
    """After each request."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    secret = request.path.lstrip("/").partition("/")[0] in SECRET_FIRST_PARTS
    response.headers["Referrer-Policy"] = "no-referrer" if secret else "same-origin"
    if house().settings.secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.add("Cookie")
    _log(response)
    return response


def ask_number() -> str:
    """This request's number, as every line of the log has it; somebody may have to read it out on the phone."""
    if "ask" not in g:
        digits = f"{secrets.randbelow(10**9):09d}"
        g.ask = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return str(g.ask)


def _begin() -> None:
    g.began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(ask=ask_number())


def _log(response: Response) -> None:
    if request.endpoint != "static":
        took = round((time.monotonic() - g.get("began", time.monotonic())) * 1000)
        log.info("answered", method=request.method, path=shown_path(request.path), status=response.status_code, ms=took)
    structlog.contextvars.clear_contextvars()


def init(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(add_headers)
