"""Late, moved, done, stopped: pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.base.actor import Actor, Hat, Role
from pyramid_app.outcomes.steps.permissions import may_change
from pyramid_app.outcomes.steps.rules import (
    Draft,
    State,
    state_of,
    what_is_missing,
    what_is_wrong_with_done,
    what_is_wrong_with_move,
)

TODAY = date(2027, 3, 1)
AT = datetime(2027, 3, 1, 10, tzinfo=UTC)
SAM = Actor(roles=frozenset({Role.OFFICER}), hat=Hat.STAFF)


@dataclass
class Step:
    due_on: date = TODAY
    done_at: datetime | None = None
    stopped_at: datetime | None = None


@given(st.integers(-400, 400))
def test_late_is_from_the_day_after(days):
    step = Step(TODAY + timedelta(days=days))
    assert (state_of(step, TODAY) is State.LATE) is (days < 0)


def test_what_is_settled_is_never_late_and_never_changes():
    old = TODAY - timedelta(days=9)
    for step, state in ((Step(old, done_at=AT), State.DONE), (Step(old, stopped_at=AT), State.STOPPED)):
        assert state_of(step, TODAY) is state
        assert not may_change(SAM, step)
    assert may_change(SAM, Step(old))
    assert not may_change(Actor(), Step(old))


def test_a_step_needs_all_of_it():
    assert set(what_is_missing(Draft(), TODAY)) == {"what", "partner", "owner_role", "due_on", "shown_by"}
    whole = Draft("A lift", "nhs", "head of buildings", TODAY, "A picture")
    assert what_is_missing(whole, TODAY) == {}
    assert set(what_is_missing(whole, TODAY + timedelta(days=1))) == {"due_on"}


@pytest.mark.parametrize(
    ("on", "because", "wrong"),
    [
        (date(2027, 4, 1), "Law.", set()),
        (date(2027, 4, 1), "", {"because"}),
        (None, "Law.", {"due_on"}),
        (date(2027, 2, 28), "Law.", {"due_on"}),
        (date(2027, 3, 20), "Law.", {"due_on"}),
    ],
)
def test_a_day_moves_to_another_one_with_a_reason(on, because, wrong):
    assert set(what_is_wrong_with_move(date(2027, 3, 20), on, because, TODAY)) == wrong


@pytest.mark.parametrize(
    ("done_on", "evidence", "wrong"),
    [
        (TODAY, "https://x.org", set()),
        (None, "", {"done_on", "evidence"}),
        (date(2027, 3, 2), "https://x.org", {"done_on"}),
        (TODAY, "javascript:alert(1)", {"evidence"}),
    ],
)
def test_done_is_shown(done_on, evidence, wrong):
    assert set(what_is_wrong_with_done(done_on, evidence, TODAY)) == wrong
