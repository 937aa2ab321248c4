"""Publishing an answer, correcting it, and somebody who spoke about its topic."""

import pytest

from pyramid_app.outcomes import service
from pyramid_app.outcomes.corrections.service import correct
from tests.outcomes.builders import BETTER, WHY, WORKING, a_voice


@pytest.fixture
def publish(act, team, topic):
    def do(draft=WORKING):
        with act(team) as work:
            return service.publish(work, topic.id, draft)

    return do


@pytest.fixture
def mend(act, team):
    def do(outcome, draft=BETTER, because=WHY, *, tell_again=False):
        with act(team) as work:
            return correct(work, outcome.id, draft, because, tell_again=tell_again)

    return do


@pytest.fixture
def heard(act, team, topic, amina):
    with act() as work:
        a_voice(work, team, amina, topic)
