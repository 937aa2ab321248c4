"""A topic touches the charter or says why not; every date we promise stays; following is one's own affair."""

from datetime import date

import pytest

from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.topics import queries, service
from pyramid_app.topics.rules import State
from tests.builders import acting_as

LATER = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "", "commitments": [9]}, "title"),
        ({"title": "Buses"}, "commitments"),
        ({"title": "Buses", "commitments": [999]}, "commitments"),
        ({"title": "Buses", "commitments": [9], "next_word_on": date(2027, 3, 1)}, "next_word_on"),
    ],
)
def test_a_topic_that_lacks_something_does_not_begin(act, team, facts, field):
    with pytest.raises(Invalid) as refused, act(team) as work:
        service.start(work, **{"next_word_on": LATER, **facts})
    assert field in refused.value.fields


def test_it_is_linked_to_the_wording_of_an_edition(act, team, topic):
    with act() as work:
        (wording,) = queries.links_of(work.session, topic.id)
        assert (wording.edition, wording.commitment) == (1, 9)
        assert [one.id for one in queries.topics_touching(work.session, 9)] == [topic.id]
        assert queries.topics_touching(work.session, 10) == []


def test_two_topics_with_one_title_have_two_addresses(act, team, topic):
    with act(team) as work:
        again = service.start(work, "School buses", outside="x", next_word_on=LATER)
    assert (topic.ref, again.ref) == ("school-buses", "school-buses-2")


def test_a_family_cannot_start_one(act, amina):
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.start(work, "Mine", outside="x", next_word_on=LATER)


def test_every_date_stays_and_an_unsettled_topic_always_has_one(act, team, topic):
    with act(team) as work:
        service.promise_word(work, topic.id, LATER, "It takes longer.")
    with pytest.raises(Invalid), act(team) as work:
        service.move(work, topic.id, State.WORKING, None)
    with act() as work:
        words = queries.words_of(work.session, topic.id)
    assert [(word.word_on, word.why) for word in words] == [(date(2027, 4, 12), ""), (LATER, "It takes longer.")]


def test_following_and_stopping(browser, amina, topic, database):
    browser.sign_in(amina).get(f"/topics/{topic.ref}").press("Tell me what happens here")
    with database.reading() as session:
        assert queries.followers(session, topic.id) == {amina.id}
    browser.press("Stop telling me about this")
    with database.reading() as session:
        assert queries.followers(session, topic.id) == set()


def test_the_list_pages_and_is_kind_when_empty(browser, act, sam, team):
    assert "There are no topics yet." in browser.get("/topics").text
    with act(team) as work:
        for number in range(21):
            service.start(work, f"Topic {number}", outside="x", next_word_on=LATER)
    assert "Page 1 of 2" in browser.get("/topics").text
    assert "Page 2 of 2" in browser.follow("Older").text
    assert browser.get("/topics?page=nonsense").status == 200
