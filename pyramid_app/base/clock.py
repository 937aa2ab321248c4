"""The only place that reads the system clock. It is read once per act and travels in ``Work``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Everything in this block happens at ``moment``: for retelling the past of a sample area, act by act."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
