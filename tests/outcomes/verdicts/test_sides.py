"""Partners say, families say: beside each other on a promise's page and a topic's, pooled by promise and year."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pyramid_app.charter.models import Edition, Wording
from pyramid_app.kit.texts import sentence
from pyramid_app.outcomes.verdicts import queries, service, sides
from pyramid_app.outcomes.verdicts.rules import Helped
from pyramid_app.topics import service as topics
from pyramid_app.topics.models import TopicCommitment
from tests.builders import a_member
from tests.outcomes.verdicts.builders import DONE, all_say, families, publish, says, speaks
from tests.support.statements import counting

NO, YES = Helped.NO, Helped.YES
ASK = "ask whether it helped"
PATHS = ["/charter/commitments/9", "/topics/school-buses"]


@pytest.fixture
def people(act, team, topic):
    return families(act, team, topic.id, 12)


@pytest.fixture
def outcome(act, team, topic, people, clock, run_jobs):
    outcome = publish(act, team, topic.id)
    clock.shift(timedelta(weeks=12))
    run_jobs(ASK)
    return outcome


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((NO,) * 4, "Fewer than 5 families have told us so far."),
        ((NO,) * 5, "More families say no than yes. They are few, so we don't show numbers."),
        ((NO,) * 6 + (YES,) * 5, "Yes: 5 or more Sometimes: fewer than 5 No: 5 or more We don't use it: fewer than 5"),
    ],
)
def test_words_from_five_and_numbers_from_ten(act, outcome, people, browser, path, answers, words):
    all_say(act, outcome.id, people, *answers)
    text = browser.get(path).text
    assert words in text
    assert "2027" in text
    assert "School buses, Monday 1 March 2027" in text


def test_nothing_stands_there_before_anybody_was_asked(act, team, topic, people, browser):
    publish(act, team, topic.id)
    for path in PATHS:
        assert "Families say" not in browser.get(path).text


def test_two_topics_of_one_promise_and_year_are_counted_together(
    act, team, outcome, people, topic, clock, run_jobs, database
):
    with act(team) as work:
        other = topics.start(work, "Taxis", commitments=[9], next_word_on=outcome.published_at.date().replace(month=12))
        outside = topics.start(work, "Snow", outside="Weather.", next_word_on=other.next_word_on)
    more = families_of(act, team, other.id, "b", 3)
    snowed = families_of(act, team, outside.id, "c", 5)
    all_say(act, outcome.id, people, *[NO] * 4)
    second, third = (publish(act, team, one.id, replace(DONE, we_did=one.title)) for one in (other, outside))
    clock.shift(timedelta(weeks=12))
    run_jobs(ASK)
    all_say(act, second.id, more, *[NO] * 3)
    all_say(act, third.id, snowed, *[YES] * 5)
    with database.reading() as session:
        (both,) = sides.of_commitments(session, [9], work.now + timedelta(days=365))
        (alone,) = sides.of_topic(session, outside, [], work.now + timedelta(days=365))
        assert sides.of_commitments(session, [2], work.now) == []
    assert "More families say no than yes." in sentence(both.families.words)
    assert [found.title for found, _ in both.partners] == ["Taxis", "School buses"]
    assert (alone.commitment, [found.title for found, _ in alone.partners]) == (None, ["Snow"])
    assert "More families say yes than no." in sentence(alone.families.words)


def families_of(act, team, topic_id, name, number):
    with act() as work:
        people = [a_member(work, f"{name}{n}@example.org", name=f"{name} {n}") for n in range(number)]
        for person in people:
            speaks(work, team, person, topic_id)
    return people


def test_a_topic_that_touches_a_promise_in_two_editions_is_counted_once(act, outcome, people, database):
    all_say(act, outcome.id, people, *[NO] * 4)
    with act() as work:
        work.session.add(Edition(number=2, introduction="Again.", published_at=work.now))
        work.session.flush()
        work.session.add(Wording(edition=2, commitment=9, principle=4, text="Buses are calm.", how_we_know="We ask."))
        work.session.flush()
        work.session.add(TopicCommitment(topic_id=outcome.topic_id, edition=2, commitment=9))
    with database.reading() as session:
        (one,) = sides.of_commitments(session, [9], work.now)
    assert "Fewer than {n}" in one.families.words.message, "four are four, not eight"


@pytest.mark.parametrize("path", [*PATHS, "/me", "/desk/calls", "/desk"])
def test_pages_ask_the_database_as_often_for_one_verdict_as_for_many(
    act, team, outcome, people, browser, sam, path, clock, run_jobs
):
    if path == "/me":
        browser.sign_in(people[-1])
    elif path.startswith("/desk"):
        browser.sign_in(sam, staff=True)
    says(act, outcome.id, people[0], NO, ring=True, number="020 7946 0000")
    with counting() as few:
        browser.get(path)
    for person in people[1:-1]:
        says(act, outcome.id, person, NO, ring=True, number="020 7946 0000")
    for n in range(3):
        with act(team) as work:
            other = topics.start(work, f"More {n}", commitments=[9], next_word_on=work.now.date() + timedelta(days=9))
            topics.follow(work, other.id, people[-1].id)
        publish(act, team, other.id)
    clock.shift(timedelta(days=58))
    with act() as work:
        for found in queries.due(work.session, work.now, 8):
            service.begin_round(work, found.id)
            service.ask_some(work, found.id, {people[-1].id: None}, {})
    if path not in PATHS:
        browser.sign_in(sam if path.startswith("/desk") else people[-1], staff=path.startswith("/desk"))
    with counting() as many:
        browser.get(path)
    assert len(many) == len(few)
