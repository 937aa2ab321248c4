"""A result document as text and back: dataclasses and sentences, each marked with what it is."""

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, cast

from pyramid_app.kit import disclosure
from pyramid_app.kit.say import Say
from pyramid_app.polls.results import views

_SHAPES: dict[str, Any] = {
    shape.__name__: shape
    for shape in (
        views.Document, views.QuestionSeen, views.Statement, views.Table, disclosure.BreakdownShown, disclosure.Cell,
        disclosure.GroupLine, disclosure.Line, disclosure.QuestionShown, disclosure.RoundLine, disclosure.RoundsShown,
        disclosure.Shown,
    )
}  # fmt: skip


def write(document: views.Document) -> str:
    return json.dumps(_plain(document), separators=(",", ":"), ensure_ascii=False)


def read(text: str) -> views.Document:
    """What ``write`` wrote. Raises ``ValueError`` for anything else."""
    return cast(views.Document, json.loads(text, object_hook=_shaped))


def _plain(value: Any) -> Any:
    if isinstance(value, Say):
        return {"is": "Say", "message": value.message, "facts": {k: _plain(v) for k, v in value.facts.items()}}
    if is_dataclass(value):
        return {"is": type(value).__name__, **{f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _shaped(found: dict[str, Any]) -> Any:
    name = found.pop("is", None)
    if name is None:
        return found
    if name == "Say":
        return Say(found["message"], **found["facts"])
    return _SHAPES[name](**{key: _tupled(value) for key, value in found.items()})


def _tupled(value: Any) -> Any:
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value
