"""Screens that show several rooms: the same number of queries for one topic or ten; truth about the machine."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.topics import service as topics


def a_chain(act, team, amina, number):
    """A topic with a voice and an answer."""
    with act() as work:
        voice = feedback.receive(
            work,
            about=About.SYSTEM,
            speaker=Speaker.PARENT_CARER,
            text=f"Words {number}.",
            may_quote=True,
            person_id=amina.id,
        )
    with act(team) as work:
        topic = topics.start(work, f"Topic {number}", commitments=[9], next_word_on=date(2027, 6, 1))
        feedback.file_voice(work, voice.id, topic.id, cleared=f"Words {number}.")
        draft = Draft(Answer.CANT, "Said.", "", "Means.", reason="Why.", instead="Instead.")
        outcomes.publish(work, topic.id, draft)
    return topic


@contextmanager
def counting():
    asked = []

    def watch(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", watch)
    yield asked
    sa.event.remove(sa.Engine, "before_cursor_execute", watch)


@pytest.mark.parametrize("path", ["/", "/topics", "/outcomes", "/charter/commitments/9", "/topics/topic-0", "/charter"])
def test_a_page_asks_the_database_as_often_for_ten_as_for_one(browser, act, team, amina, path):
    a_chain(act, team, amina, 0)
    with counting() as few:
        browser.get(path)
    for number in range(1, 10):
        a_chain(act, team, amina, number)
    with counting() as many:
        browser.get(path)
    assert len(many) == len(few)


@pytest.mark.parametrize("path", ["/me", "/"])
def test_my_page_too(browser, act, team, amina, path):
    browser.sign_in(amina)
    a_chain(act, team, amina, 0)
    with counting() as few:
        browser.get(path)
    for number in range(1, 10):
        a_chain(act, team, amina, number)
    with counting() as many:
        browser.get(path)
    assert len(many) == len(few)


def test_the_front_page_shows_a_no_if_there_is_one(browser, act, team, amina):
    a_chain(act, team, amina, 0)
    text = browser.get("/").text
    assert "We can't, because: Why." in text
    assert "Words 0." in text
    assert "Parent Parliament" in text
    assert "fewer than 5" in text, "one family is not shown as a number"


def test_a_promises_page_leads_to_its_topics_and_back(browser, act, team, amina):
    topic = a_chain(act, team, amina, 0)
    browser.get("/charter").follow("School transport comes within ten minutes of its time.")
    browser.follow("Topic 0")
    assert browser.path == f"/topics/{topic.ref}"
    browser.follow("School transport comes within ten minutes of its time.")
    assert "Sample" in browser.text
    assert browser.get("/charter/commitments/99").status == 404
    assert browser.get("/charter/editions/1").status == 200
    assert browser.get("/charter/editions/2").status == 404


def test_an_area_with_nothing_in_it_has_pages_all_the_same(browser, act):
    for path in ("/", "/topics", "/outcomes", "/charter", "/reps", "/polls", "/privacy", "/accessibility"):
        assert browser.get(path).status == 200, path


def test_healthz_says_when_the_scheduler_does_not_run(browser, run_jobs, clock, sam):
    assert browser.get("/healthz").status == 503
    run_jobs("chain the log")
    assert (browser.get("/healthz").status, browser.html) == (200, "ok\n")
    assert "The scheduler runs." in browser.sign_in(sam, staff=True).get("/desk").text
    clock.shift(timedelta(minutes=6))
    assert browser.get("/healthz").status == 503


def test_the_desk_is_kind_when_there_is_nothing_to_do(browser, sam):
    assert "Nothing to file. Well done." in browser.sign_in(sam, staff=True).get("/desk").text
