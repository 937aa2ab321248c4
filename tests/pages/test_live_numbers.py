"""Numbers that are shown day after day: nobody can add people until the next one shows, and watch for her neighbour."""

from datetime import timedelta

import pytest

from pyramid_app.topics import service as topics
from tests.builders import a_member, acting_as
from tests.polls.builders import a_topic
from tests.polls.conftest import TEAM

pytestmark = pytest.mark.usefixtures("began")


@pytest.fixture
def join(act):
    """So many join, and say that a topic is true for them too."""

    def some(topic, name: str, number: int) -> None:
        with act(TEAM) as work:
            people = [a_member(work, f"{name}{n}@example.org") for n in range(number)]
        for person in people:
            with act(acting_as(person)) as work:
                topics.say_true(work, topic.id, person.id)

    return some


def test_who_joins_shows_on_monday_and_never_in_the_same_hour(act, browser, clock, join):
    with act(TEAM) as work:
        topic = a_topic(work)
    seen = lambda: (browser.get("/").text, browser.get(f"/topics/{topic.ref}").text)  # noqa: E731
    join(topic, "family", 7)
    clock.shift(timedelta(days=7))
    home, story = seen()
    assert "People here: 5 or more." in home
    assert "true too: about 5." in story
    join(topic, "own", 2)
    clock.shift(timedelta(hours=1))
    join(topic, "neighbour", 1)
    assert seen() == (home, story), "one more would have been a step"
    clock.shift(timedelta(days=7))
    home, story = seen()
    assert "People here: 10 or more." in home
    assert "true too: about 10." in story
