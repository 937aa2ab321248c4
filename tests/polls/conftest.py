"""What the tests of polls share."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from pyramid_app.base.actor import Actor, system
from pyramid_app.base.config import Settings
from pyramid_app.base.work import Work
from pyramid_app.polls.models import Poll
from tests.builders import the_area
from tests.polls.builders import BUS, HELP, a_poll

TEAM = system("tests")


@pytest.fixture
def keys(settings: Settings) -> Path:
    return settings.keys


@pytest.fixture
def area(act: Callable[[Actor], AbstractContextManager[Work]]) -> None:
    with act(TEAM) as work:
        the_area(work)


@pytest.fixture
def poll(area: None, act: Callable[[Actor], AbstractContextManager[Work]], keys: Path) -> Poll:
    """An open poll with one question of each kind."""
    with act(TEAM) as work:
        return a_poll(work, keys, questions=(BUS, HELP))
