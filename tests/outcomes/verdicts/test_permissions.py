"""Who rings families, who starts a topic again, who speaks for the representatives."""

from uuid import uuid4

import pytest

from pyramid_app.base.actor import NOBODY, Actor, Hat, Role, system
from pyramid_app.outcomes.verdicts.permissions import may_mark_seen, may_reopen, may_ring

FAMILY = Actor(person_id=uuid4())
STAFF = Actor(person_id=uuid4(), roles=frozenset({Role.OFFICER}), hat=Hat.STAFF)
AT_HOME = Actor(person_id=uuid4(), roles=frozenset({Role.OFFICER}), hat=Hat.FAMILY)


@pytest.mark.parametrize(
    ("actor", "rings", "reopens"),
    [
        (STAFF, True, True),
        (AT_HOME, False, False),
        (FAMILY, False, False),
        (NOBODY, False, False),
        (system("verdicts"), False, True),
    ],
)
def test_the_team_with_its_hat_on_and_time_itself(actor, rings, reopens):
    assert bool(may_ring(actor)) is rings
    assert bool(may_reopen(actor)) is reopens


def test_only_a_representative_speaks_for_the_representatives():
    assert may_mark_seen(True)
    assert not may_mark_seen(False)
