"""Only leads change what the area decides."""

import pytest

from pyramid_app.area.permissions import may_change_settings
from pyramid_app.base.actor import NOBODY, Actor, Hat, Role, system

BOTH = frozenset({Role.OFFICER, Role.LEAD})


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (NOBODY, False),
        (Actor(roles=BOTH, hat=Hat.FAMILY), False),
        (Actor(roles=frozenset({Role.OFFICER}), hat=Hat.STAFF), False),
        (Actor(roles=BOTH, hat=Hat.STAFF), True),
        (system("setup"), True),
    ],
)
def test_who_may_change_settings(who, may):
    assert bool(may_change_settings(who)) is may
