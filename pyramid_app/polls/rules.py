"""The life of a poll (``DESIGN.md`` 7): stored are times, the rest follows from them and the clock. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from pyramid_app.kit.say import Say

CLOSING_HOURS = range(8, 24)
"""Full hours in London at which a poll may close."""


class PollKind(StrEnum):
    """A poll listens; a consultation asks about something that is proposed."""

    POLL = "poll"
    CONSULTATION = "consultation"


class Did(StrEnum):
    WRITTEN = "poll:written"
    CHANGED = "poll:changed"
    SCHEDULED = "poll:scheduled"
    COUNTED = "poll:counted"
    SHARPENED = "poll:sharpened"
    EXTENDED = "poll:extended"
    WITHDRAWN = "poll:withdrawn"
    SHOWN_TO_REPRESENTATIVES = "poll:shown to representatives"
    MARKED = "poll:marked"
    FORMAT_READY = "poll:format ready"
    FORMAT_WAIVED = "poll:format waived"
    CONSIDERED = "poll:considered"
    UNDER_DRAFT = "poll:put under a draft"


class State(StrEnum):
    """Where a poll is in its life. Stored are times; this follows from them and the clock."""

    WRITTEN = "being written"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    WITHDRAWN = "withdrawn"


class TimesLike(Protocol):
    @property
    def scheduled_at(self) -> datetime | None: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def withdrawn_at(self) -> datetime | None: ...
    @property
    def counted_at(self) -> datetime | None: ...


def state_of(poll: TimesLike, now: datetime) -> State:
    """Half-open: open from ``opens_at`` up to, not including, ``closes_at``. No job needs to have run."""
    if poll.scheduled_at is None or poll.opens_at is None or poll.closes_at is None:
        return State.WRITTEN
    if poll.withdrawn_at is not None:
        return State.WITHDRAWN
    if poll.counted_at is not None:
        return State.COUNTED
    if now < poll.opens_at:
        return State.SCHEDULED
    return State.OPEN if now < poll.closes_at else State.CLOSED


SHORT = 32
"""Letters of a title in an address: short enough to be typed from a poster."""


@dataclass(frozen=True)
class Missing:
    """One thing that a poll lacks: ``field`` is the part of the page that it belongs to."""

    field: str
    say: Say
