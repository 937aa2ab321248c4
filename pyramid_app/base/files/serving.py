"""Sending a file that is kept. Whoever calls this has made sure that something public shows it."""

import structlog
from flask import Response, send_file

from pyramid_app.base.errors import NotFound
from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.files.rules import ENDING, Kind
from pyramid_app.base.web import house

log = structlog.get_logger()

KEPT_FOR = 365 * 24 * 3600
"""Seconds in a reader's own cache: what lies under an address never changes."""


def send(file: StoredFile) -> Response:
    """The file under a name of our own. A PDF is saved, not opened inside our pages, and could run nothing there."""
    place = house.house().settings.files.resolve() / file.digest
    if not place.is_file():
        log.error("a kept file is not in its folder", file=str(file.id))
        raise NotFound
    response = send_file(
        place, mimetype=file.kind.value, as_attachment=file.kind is Kind.PDF,
        download_name=f"{file.id}.{ENDING[file.kind]}", etag=file.digest, conditional=True,
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    response.headers["Cache-Control"] = f"private, max-age={KEPT_FOR}, immutable"
    return response
