"""Somebody's own questions: what waits, what can be changed, what came of it; nobody else's, and always few queries."""

from datetime import timedelta

import pytest

from pyramid_app.participation.rules import Circle
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import Place
from tests.builders import a_member, acting_as
from tests.polls.builders import CAME, a_poll, chosen
from tests.polls.conftest import TEAM
from tests.support.statements import counting

pytestmark = pytest.mark.usefixtures("area")


@pytest.fixture
def bea(act, area):
    with act(TEAM) as work:
        return a_member(work, "bea@example.org", name="Bea")


def answer(act, poll, person):
    with act(acting_as(person)) as work:
        answering.answer_signed_in(work, poll.id, chosen(work, poll, 0), CAME)


def places(database, person, at):
    with database.reading() as session:
        return [(one.poll.title, one.place, one.days_left) for one in queries.mine(session, person.id, at)]


def test_each_question_stands_at_its_place(act, keys, bea, clock, database, run_jobs):
    with act(TEAM) as work:
        old, in_count = a_poll(work, keys, title="Old"), a_poll(work, keys, title="Counting")
    answer(act, old, bea)
    answer(act, in_count, bea)
    clock.shift(timedelta(days=7))
    with act(TEAM) as work:
        done, late = a_poll(work, keys, title="Done"), a_poll(work, keys, title="Late")
        a_poll(work, keys, title="To come", opens_at=work.now + timedelta(days=30))
        work.session.get_one(Poll, late.id).closes_at = late.closes_at + timedelta(days=7)
    answer(act, done, bea)
    clock.move_to(old.closes_at + timedelta(hours=1))
    with act(TEAM) as work:
        work.session.get_one(Poll, old.id).counted_at = work.now
    now = old.closes_at + timedelta(hours=1)
    assert places(database, bea, now) == [
        ("Late", Place.TO_ANSWER, 14), ("Done", Place.ANSWERED, 7), ("Counting", Place.COUNTING, 0),
        ("Old", Place.COUNTED, 0),
    ]  # fmt: skip


def test_only_what_asks_her_and_only_what_she_answered(act, keys, bea, database, clock):
    with act(TEAM) as work:
        ground = a_member(work, "ground@example.org", level="ground", name="Gil")
        poll = a_poll(work, keys)
        a_poll(work, keys, title="For the group", circle=Circle(levels=("group",)))
    assert [title for title, *_ in places(database, bea, poll.opens_at)] == ["School buses"]
    assert places(database, ground, poll.opens_at) == []
    clock.move_to(poll.closes_at)
    assert places(database, bea, poll.closes_at) == []


def test_what_was_withdrawn_is_not_on_it(act, keys, bea, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
        work.session.get_one(Poll, poll.id).withdrawn_at = work.now
    assert places(database, bea, poll.opens_at) == []


def test_many_questions_cost_as_many_queries_as_one(act, keys, bea, database):
    with act(TEAM) as work:
        first = a_poll(work, keys, title="First")
    with database.reading() as session, counting() as one:
        queries.mine(session, bea.id, first.opens_at)
    with act(TEAM) as work:
        more = [a_poll(work, keys, title=f"Number {n}") for n in range(6)]
    for poll in more[:3]:
        answer(act, poll, bea)
    with database.reading() as session, counting() as many:
        assert len(queries.mine(session, bea.id, first.opens_at)) == 7
    assert len(many) == len(one) <= 3


def test_her_page_and_her_list(act, keys, bea, browser, new_browser, clock):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
        other = a_member(work, "other@example.org", name="Other")
    browser.sign_in(bea)
    assert "Open until Sunday 21 March 2027, 10 pm. 20 days left." in browser.get("/me").text
    browser.follow("Your questions")
    assert browser.path == "/me/questions"
    assert "To answer School buses" in browser.text
    answer(act, poll, bea)
    browser.get("/me/questions")
    assert "You have answered. You can change it until Sunday 21 March 2027, 10 pm." in browser.text
    assert "No question waits for you now. The next one will stand here." in browser.text
    assert browser.get("/me").text.count("You have answered.") == 1
    assert "Nothing today." in browser.text
    stranger = new_browser().sign_in(other)
    assert "You have answered" not in stranger.get("/me/questions").text
    clock.move_to(poll.closes_at)
    assert "You have answered. The answers are being counted." in browser.sign_in(bea).get("/me/questions").text


def test_what_was_counted_leads_to_the_result(act, keys, bea, browser, clock, run_jobs):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    answer(act, poll, bea)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    browser.sign_in(bea).get("/me/questions")
    assert browser.link("School buses You have answered. See what families said.") == f"/polls/{poll.ref}/results"


def test_an_empty_list_says_what_comes_next(act, keys, bea, browser):
    with act(TEAM) as work:
        ground = a_member(work, "ground@example.org", level="ground", name="Gil")
        a_poll(work, keys, opens_at=work.now + timedelta(days=2))
    assert "The next one opens on Wednesday 3 March 2027, 10 am." in browser.sign_in(bea).get("/me/questions").text
    assert "You chose just to hear what happens" in browser.sign_in(ground).get("/me/questions").text


def test_on_the_last_days_it_says_so(act, keys, bea, browser, clock):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    clock.move_to(poll.closes_at - timedelta(days=1))
    assert "1 day left." in browser.sign_in(bea).get("/me/questions").text
    clock.move_to(poll.closes_at - timedelta(hours=1))
    assert "It closes today." in browser.sign_in(bea).get("/me/questions").text


def test_nobody_sees_it_without_signing_in(browser):
    browser.get("/me/questions")
    assert browser.path == "/sign-in"
