"""The life of a poll, by the clock alone."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pyramid_app.polls.rules import State, state_of

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Times:
    scheduled_at: datetime | None = NOW
    opens_at: datetime | None = NOW + timedelta(days=1)
    closes_at: datetime | None = NOW + timedelta(days=8)
    withdrawn_at: datetime | None = None
    counted_at: datetime | None = None
    for_those_before: None = None


def test_state_follows_from_the_clock_alone():
    times = Times()
    assert state_of(replace(times, scheduled_at=None), NOW) is State.WRITTEN
    assert state_of(times, NOW) is State.SCHEDULED
    assert state_of(times, NOW + timedelta(days=1)) is State.OPEN
    assert state_of(times, NOW + timedelta(days=8)) is State.CLOSED
    assert state_of(replace(times, counted_at=NOW), NOW) is State.COUNTED
    assert state_of(replace(times, withdrawn_at=NOW), NOW) is State.WITHDRAWN
