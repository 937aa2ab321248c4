"""A draft names the topics and polls that it rests on, and the page of a topic says where the change is."""

import pytest

from pyramid_app.base.actor import Role
from pyramid_app.charter.drafting import service as drafting
from pyramid_app.charter.drafting.rules import DraftKind
from tests.builders import acting_as
from tests.charter.builders import a_town, to_the_vote


@pytest.fixture
def town(act, sam):
    with act() as work:
        return a_town(work, acting_as(sam, Role.LEAD))


def test_two_clicks_and_the_topic_says_where_it_is(act, town, topic, browser):
    with act(town.rep) as work:
        draft = drafting.start(work, DraftKind.REWORD, "Buses come in time", [9], "Late.")
    browser.sign_in(town.reps[0]).get(f"/drafts/{draft.ref}").follow("Choose topics and questions")
    browser.press("Save these", topics=topic.ref)
    assert "What families said: School buses" in browser.text
    page = browser.get(f"/topics/{topic.ref}").text
    assert "A change of our promises rests on this" in page
    assert "Buses come in time" in page


def test_a_visitor_reads_where_it_is_and_cannot_open_it_before_the_vote(act, town, topic, browser, new_browser):
    with act(town.rep) as work:
        draft = drafting.start(work, DraftKind.REWORD, "Buses come in time", [9], "Late.")
    browser.sign_in(town.reps[0]).get(f"/drafts/{draft.ref}/rests-on").press("Save these", topics=topic.ref)
    visitor = new_browser().get(f"/topics/{topic.ref}")
    assert "Buses come in time" in visitor.text
    assert f"/drafts/{draft.ref}" not in visitor.html


def test_only_who_writes_on_it_chooses(act, town, topic, browser):
    draft = to_the_vote(act, town)
    browser.sign_in(town.reader)
    assert browser.get(f"/drafts/{draft.ref}/rests-on").status in {403, 404}
    browser.get(f"/drafts/{draft.ref}")
    assert "Choose topics and questions" not in browser.text
