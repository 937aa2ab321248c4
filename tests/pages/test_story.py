"""A topic's page tells its story both ways, and the chain from what was said to what came of it."""

from dataclasses import replace
from datetime import date, timedelta

from pyramid_app.outcomes import service as outcomes
from pyramid_app.topics import service as topics
from tests.outcomes.builders import DONE, WORKING, a_voice


def test_the_story_reads_both_ways_and_leads_on(browser, act, team, amina, topic, clock):
    with act() as work:
        a_voice(work, team, amina, topic)
    clock.shift(timedelta(days=3))
    with act(team) as work:
        outcomes.publish(work, topic.id, WORKING)
    clock.shift(timedelta(days=3))
    with act(team) as work:
        outcomes.publish(work, topic.id, replace(DONE, done_on=work.now.date()))
    text = browser.get("/topics/school-buses").text
    assert text.index("We said: it is done.") < text.index("We said what we are doing.")
    assert text.index("We said what we are doing.") < text.index("We began to work on this.")
    text = browser.follow("Show it from the beginning").text
    assert text.index("We began to work on this.") < text.index("We said what we are doing.")
    browser.follow("We said: it is done.")
    assert browser.path.startswith("/outcomes/school-buses-2/versions/1")


def test_the_chain_goes_from_words_through_promises_to_what_came_of_it(browser, act, team, amina, topic):
    with act() as work:
        a_voice(work, team, amina, topic)
    with act(team) as work:
        outcomes.publish(work, topic.id, WORKING)
    links = [
        link.get("href") for link in browser.get("/topics/school-buses").tree.iter() if link.get("class") == "flow-link"
    ]
    assert links == ["/charter/commitments/9", "/outcomes/school-buses-1/versions/1"]


def test_a_topic_outside_the_charter_says_so_in_the_chain(browser, act, team):
    with act(team) as work:
        topics.start(work, "Toilets", outside="The building is not ours.", next_word_on=date(2027, 4, 1))
    text = browser.get("/topics/toilets").text
    assert "None of our promises. The building is not ours." in text
    assert "No answer yet." in text
