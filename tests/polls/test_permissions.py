"""Who may write and who may answer. Pure."""

from datetime import timedelta
from uuid import uuid4

import pytest

from pyramid_app.base.actor import NOBODY, Actor, Hat, Role, system
from pyramid_app.polls.permissions import may_answer, may_be_answered, may_change, may_fix_roll, may_write
from tests.polls.test_rules import NOW, Times

MEMBER = Actor(person_id=uuid4())
OFFICER = Actor(person_id=uuid4(), roles=frozenset({Role.OFFICER}), hat=Hat.STAFF)
OFF_DUTY = Actor(person_id=uuid4(), roles=frozenset({Role.OFFICER}), hat=Hat.FAMILY)
LEAD = Actor(person_id=uuid4(), roles=frozenset({Role.LEAD}), hat=Hat.STAFF)
DRAFT, FROZEN = Times(scheduled_at=None), Times()


@pytest.mark.parametrize(
    ("who", "may"), [(NOBODY, False), (MEMBER, False), (OFF_DUTY, False), (OFFICER, True), (system("x"), True)]
)
def test_only_officers_write(who, may):
    assert bool(may_write(who)) is may
    assert bool(may_change(who, DRAFT, NOW)) is may


@pytest.mark.parametrize(
    ("who", "may"), [(NOBODY, False), (MEMBER, False), (OFF_DUTY, False), (OFFICER, False), (LEAD, True)]
)
def test_only_a_lead_says_who_may_still_join_in(who, may):
    assert bool(may_fix_roll(who)) is may


@pytest.mark.parametrize("days", [0, 2, 9])
def test_nobody_changes_a_scheduled_poll(days):
    assert not may_change(OFFICER, FROZEN, NOW + timedelta(days=days))


def test_it_is_answered_only_while_open():
    assert [bool(may_be_answered(FROZEN, NOW + timedelta(days=d))) for d in (0, 1, 7, 8)] == [False, True, True, False]
    assert not may_be_answered(DRAFT, NOW)


def test_who_answers():
    later = NOW + timedelta(days=2)
    assert may_answer(MEMBER, True, FROZEN, later)
    assert may_answer(OFF_DUTY, True, FROZEN, later)
    assert not may_answer(MEMBER, False, FROZEN, later)
    assert not may_answer(OFFICER, True, FROZEN, later)
    assert not may_answer(MEMBER, True, FROZEN, NOW)
