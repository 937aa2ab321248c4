"""One JSON line an event, on stderr, whoever says it: the product, gunicorn, APScheduler, Python's warnings.

Never in it: what families say, an address, a code, a secret part of a path. An exception's message may quote any of
these (``int("…")``, a broken unique key, pydantic's ``input_value``), and a library's line, too. So of an exception the
log holds its type, its code where it has one, and the places it came through; of a library's line its fixed part.
"""

import logging
import re
import sys
import threading
import traceback
import warnings
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo

MOST_PLACES = 20
"""A recursion without end has a thousand places; the log holds the first few and the last."""

CODES = ("sqlstate", "sqlite_errorname", "errno", "smtp_code", "code")
HOLDS = ("table_name", "column_name", "constraint_name")


def name_of(failure: BaseException) -> str:
    """Its type, and the code its library gave it: ``OperationalError SQLITE_FULL``. Nothing that was typed."""
    origin = getattr(failure, "orig", None) or failure
    codes = (getattr(origin, code, None) for code in CODES)
    code = next((str(one) for one in codes if isinstance(one, int) or (isinstance(one, str) and _is_code(one))), "")
    return f"{type(failure).__name__} {code}".strip()


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Z0-9_]{1,40}", text) is not None


def without_values(failure: BaseException) -> list[dict[str, object]]:
    """An exception and what caused it, the last one first: types, codes, what in the schema refused, places."""
    told: list[dict[str, object]] = []
    one: BaseException | None = failure
    while one is not None and len(told) < 5:
        told.append({"type": name_of(one), **_refused_by(one), "at": _places(one.__traceback__)})
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return told


def _refused_by(failure: BaseException) -> dict[str, object]:
    """Which constraint of which table said no: names of ours, unlike the row that PostgreSQL would quote."""
    diagnosis = getattr(getattr(failure, "orig", None), "diag", None)
    found = {name: getattr(diagnosis, name, None) for name in HOLDS}
    return {name: value for name, value in found.items() if value}


def _places(trace: TracebackType | None) -> list[str]:
    places = [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    return places if len(places) <= MOST_PLACES else [*places[:5], "…", *places[5 - MOST_PLACES :]]


def _short(file: str) -> str:
    """From the package on: where it is installed is of no interest."""
    return re.sub(r"^.*?(?:site-packages/|(?=pyramid_app/)|lib/python[\d.]+/)", "", file)


def _exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    given: ExcInfo | BaseException | bool | None = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()[1]
    elif isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        event["exception"] = without_values(given)
    return event


PROCESSORS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    _exception,
    structlog.processors.JSONRenderer(),
]


class Stderr:
    """structlog's way out: wherever stderr leads when a line is written."""

    def msg(self, line: str) -> None:
        _write(line)

    debug = info = warning = error = critical = exception = msg


def _write(line: str) -> None:
    # In one piece, so that processes which share a pipe do not break into each other's lines.
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


class Lines(logging.Handler):
    """A library's line: what is the same in it whoever asked for what; gunicorn's own news has all its words."""

    def emit(self, record: logging.LogRecord) -> None:
        event: Any = {"event": _fixed_part(record), "logger": record.name, "exc_info": record.exc_info}
        for processor in PROCESSORS:
            event = processor(None, record.levelname.lower(), event)
        _write(event)


def _fixed_part(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if record.levelno < logging.WARNING:
        return record.getMessage()
    return record.msg if record.args else re.split(r"[:=\n]", record.msg)[0]


def configure() -> None:
    """How web, scheduler and commands log."""
    structlog.configure(
        processors=PROCESSORS,
        logger_factory=lambda *_: Stderr(),
    )
    libraries = logging.getLogger()
    if not any(isinstance(one, Lines) for one in libraries.handlers):
        libraries.addHandler(Lines())
    # What it warns of every two seconds (a job that is not done yet is not begun again) is how it is meant to be;
    # and pypdf says a line for each fault of a stranger's file.
    for noisy in ("apscheduler", "pypdf"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    warnings.showwarning = _warned  # type: ignore[assignment]
    sys.excepthook = lambda _kind, failure, _trace: _crashed(failure)
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = lambda ended: _crashed(ended.exc_value)


def _warned(_message: Any, category: type[Warning], filename: str, lineno: int, *_: Any) -> None:
    structlog.get_logger().warning("python warns", kind=category.__name__, at=f"{_short(filename)}:{lineno}")


def _crashed(failure: BaseException | None) -> None:
    if failure is not None and not isinstance(failure, KeyboardInterrupt):
        structlog.get_logger().critical("it crashed", exc_info=failure)
