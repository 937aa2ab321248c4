"""Who gives and ends roles, who says that somebody is away, and whom the staff hat lets in where."""

from dataclasses import replace
from uuid import uuid4

import pytest

from pyramid_app.accounts.permissions import may_end, may_run_staff, may_say_away, may_take
from pyramid_app.base.actor import NOBODY, Actor, Hat, Role, system
from pyramid_app.base.web.guard import Audience, admits

ME, OTHER = uuid4(), uuid4()
ROLES = {
    "parent": frozenset[Role](),
    "officer": frozenset({Role.OFFICER}),
    "lead": frozenset({Role.LEAD}),
    "link worker": frozenset({Role.LINK_WORKER}),
    "chair": frozenset({Role.CHAIR}),
}


def here(who, hat=Hat.STAFF):
    return Actor(person_id=ME, roles=ROLES[who], hat=hat)


@pytest.mark.parametrize("who", ROLES)
def test_only_a_lead_runs_the_staff_and_only_as_staff(who):
    assert bool(may_run_staff(here(who))) == (who == "lead")
    assert not may_run_staff(here(who, Hat.FAMILY))


def test_nobody_ends_her_own_part():
    assert not may_end(here("lead"), ME)
    assert may_end(here("lead"), OTHER)
    assert not may_end(here("officer"), OTHER)
    assert may_end(system("command"), OTHER)
    assert not may_end(NOBODY, OTHER)


def test_nobody_takes_the_lead_from_herself():
    assert not may_take(here("lead"), ME, Role.LEAD)
    assert may_take(here("lead"), ME, Role.CHAIR)
    assert may_take(here("lead"), OTHER, Role.LEAD)


@pytest.mark.parametrize("who", ROLES)
def test_an_officer_is_away_by_her_own_word_anybody_by_a_leads(who):
    assert bool(may_say_away(here(who), ME)) == (who in {"officer", "lead"})
    assert bool(may_say_away(here(who), OTHER)) == (who == "lead")
    assert not may_say_away(here(who, Hat.FAMILY), ME)


DOORS = {
    "parent": set[Audience](),
    "officer": {Audience.OFFICER, Audience.LINK_WORKER},
    "lead": {Audience.OFFICER, Audience.LEAD, Audience.LINK_WORKER},
    "link worker": {Audience.LINK_WORKER},
    "chair": set[Audience](),
}


@pytest.mark.parametrize("who", ROLES)
def test_which_doors_of_the_desk_open(who):
    desk = {Audience.OFFICER, Audience.LEAD, Audience.LINK_WORKER}
    assert {door for door in desk if admits(door, here(who))} == DOORS[who]
    assert not [door for door in desk if admits(door, here(who, Hat.FAMILY))]
    assert here(who).has_two_hats == bool(DOORS[who])
    assert not replace(here(who), hat=Hat.FAMILY).enters_for_others
