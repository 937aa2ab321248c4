"""``/demo/letters``: the letters that went into a folder instead of out. Exists only under ``PYRAMID_MAIL=files:…``."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from flask import Blueprint, Response, request

from pyramid_app.base.dsn import is_loopback
from pyramid_app.base.errors import NotFound
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.house import house
from pyramid_app.base.web.render import render

blueprint = Blueprint("letters", __name__)

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")

SHOWN = 100


@blueprint.before_request
def for_this_machine_only() -> None:
    """Codes stand in these letters. Whoever comes over a network, or through a proxy, sees no such page, whatever the
    server was bound to.
    """
    straight = not any(name in request.headers for name in FORWARDED)
    if not (straight and is_loopback(request.remote_addr or "")):
        raise NotFound


@blueprint.get("/demo/letters")
@anyone
def index() -> Response:
    """The newest letters first."""
    files = sorted(_folder().glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return render("demo/letters.html", letters=[(file.stem, _read(file)) for file in files[:SHOWN]])


@blueprint.get("/demo/letters/<uuid:letter>")
@anyone
def show(letter: object) -> Response:
    """One letter, with its links as links."""
    file = _folder() / f"{letter}.eml"
    if not file.is_file():
        raise NotFound
    mail = _read(file)
    return render("demo/letter.html", mail=mail, text=mail.get_content())


def _folder() -> Path:
    return house().settings.letters_folder or Path()


def _read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=default)
