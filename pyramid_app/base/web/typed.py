"""What an address and a form bring, bounded before anybody reads it: text a database can hold, numbers that fit."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy.exc
import structlog
from flask import Flask, Response, request
from flask import Request as FlaskRequest
from pydantic import ValidationError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, UnicodeConverter

from pyramid_app.base.web.refusals import page, words_sent
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.numbers import LONGEST, whole

log = structlog.get_logger()

NEVER = {0: None, **dict.fromkeys(range(0xD800, 0xE000))}
"""What no text in a database can hold: NUL, and halves of signs."""
TOO_MUCH = Say("Something you wrote is too long for us to keep. Copy your words, go back, and make them shorter.")


class Typed(ImmutableMultiDict[str, Any]):
    """The parts of an address or of a form. Files stay what they are."""

    def __init__(self, mapping: Any = None) -> None:
        pairs = mapping.items(multi=True) if hasattr(mapping, "getlist") else _pairs(mapping)
        super().__init__([(_held(name), _held(value)) for name, value in pairs])


def _pairs(mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] | None) -> Iterable[tuple[str, Any]]:
    if isinstance(mapping, Mapping):
        for name, value in mapping.items():
            yield from ((name, one) for one in (value if isinstance(value, list | tuple) else [value]))
    else:
        yield from mapping or ()


def _held(value: Any) -> Any:
    return value.translate(NEVER) if isinstance(value, str) else value


class Request(FlaskRequest):
    parameter_storage_class = Typed


class Whole(IntegerConverter):
    """A number in an address, of no more digits than a column holds."""

    regex = rf"[0-9]{{1,{LONGEST}}}"


class Word(UnicodeConverter):
    """A part of an address."""

    part_isolating = True

    def __init__(self, map: Any, minlength: int = 1, maxlength: int | None = None, length: int | None = None) -> None:
        super().__init__(map, minlength, maxlength, length)
        self.regex = self.regex.replace("[^/]", "[^/\x00]")


def which_page(how_many: int, size: int) -> tuple[int, int]:
    """The page that the address asks for, and how many there are. What is no number is the first.

    Raises ``NotFound`` behind the last page.
    """
    asked, pages = max(whole(request.args.get("page")) or 1, 1), -(-how_many // size)
    if asked > max(pages, 1):
        raise NotFound
    return asked, pages


def init(app: Flask) -> None:
    """Before any route is added."""
    app.request_class = Request
    app.url_map.converters.update(int=Whole, string=Word, default=Word)
    for kind in (sqlalchemy.exc.DataError, OverflowError, ValidationError):
        app.register_error_handler(kind, _does_not_fit)
    app.register_error_handler(sqlalchemy.exc.NoResultFound, lambda _error: page(404))


def _does_not_fit(wrong: Exception) -> Response:
    """The last net under the fields of forms: the database can't hold it, or a row refuses it."""
    log.error("does not fit", kind=type(wrong).__name__, endpoint=request.endpoint)
    return page(404) if request.method in {"GET", "HEAD"} else page(422, TOO_MUCH, words_sent())
