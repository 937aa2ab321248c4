"""When the one reminder goes. Pure."""

from datetime import datetime, timedelta
from typing import Protocol

BEFORE_CLOSE = timedelta(hours=48)
SHORTEST = timedelta(days=3)
"""A poll that is open for less time than this gets no reminder: its invitation is still new."""


class TimesLike(Protocol):
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def invited_at(self) -> datetime | None: ...
    @property
    def reminded_at(self) -> datetime | None: ...


def reminder_is_due(poll: TimesLike, now: datetime) -> bool:
    """Of a poll that is open now. Once reminded is for good, however often the close moves afterwards."""
    if poll.opens_at is None or poll.closes_at is None or poll.invited_at is None or poll.reminded_at is not None:
        return False
    return poll.closes_at - poll.opens_at >= SHORTEST and poll.closes_at - now <= BEFORE_CLOSE
