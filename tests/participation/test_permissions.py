"""Who may step where, and who may invite."""

import pytest

from pyramid_app.base.actor import NOBODY, Actor, Hat, Role, system
from pyramid_app.participation.models import Level
from pyramid_app.participation.permissions import may_choose_level, may_invite
from pyramid_app.participation.rules import USUAL_LEVELS

BOTH = frozenset({Role.OFFICER, Role.LEAD})


@pytest.mark.parametrize("level", USUAL_LEVELS, ids=lambda level: level.slug)
def test_people_are_chosen_for_seats_and_choose_all_else(level):
    verdict = may_choose_level(Level(position=0, **vars(level)))
    assert bool(verdict) is (level.seats is None)
    assert bool(verdict) or verdict.reason


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (NOBODY, False),
        (Actor(roles=BOTH, hat=Hat.FAMILY), False),
        (Actor(roles=frozenset({Role.OFFICER}), hat=Hat.STAFF), False),
        (Actor(roles=BOTH, hat=Hat.STAFF), True),
        (system("import"), False),
    ],
)
def test_only_a_lead_invites(who, may):
    assert bool(may_invite(who)) is may
