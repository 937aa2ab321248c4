"""Screens that show several rooms: the same number of queries for one topic or ten; truth about the machine."""

from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest

from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.texts import LONDON
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.topics import service as topics
from tests.support.statements import counting


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
        filing.file_voice(work, voice.id, topic.id, cleared=f"Words {number}.")
        draft = Draft(Answer.CANT, "Said.", "", "Means.", reason="Why.", instead="Instead.")
        outcomes.publish(work, topic.id, draft)
    return topic


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


def test_the_front_page_shows_a_no_if_there_is_one(browser, act, team, amina, clock):
    a_chain(act, team, amina, 0)
    clock.shift(timedelta(days=7))  # people are counted again each Monday
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


def test_the_desk_is_kind_when_there_is_nothing_to_do(browser, sam):
    assert "Nothing to file. Well done." in browser.sign_in(sam, staff=True).get("/desk").text


def test_the_front_page_names_a_late_topic_where_there_is_no_no(browser, topic, clock, run_jobs):
    assert "We are late." not in browser.get("/").text
    clock.shift(timedelta(days=60))
    run_jobs("late words")
    assert "School buses We are late. The next word is due by" in browser.get("/").text


def test_with_no_open_question_the_front_page_leads_to_the_last_answer(browser, act, team, amina):
    assert "Our last answer" not in browser.get("/").text
    a_chain(act, team, amina, 0)
    assert "Our last answer: Topic 0" in browser.get("/").text


def test_my_page_says_when_we_write_if_there_is_nothing_to_do(browser, act, amina, topic, team):
    with act() as work:
        voice = feedback.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="The bus.", person_id=amina.id
        )
    browser.sign_in(amina)
    assert "Nothing today. We write by Monday 15 March 2027 about what you told us." in browser.get("/").text
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="The bus.")
    assert "Nothing today. We write by Monday 12 April 2027 about this: School buses." in browser.get("/me").text


def test_the_desk_says_what_is_due_today(browser, act, amina, sam, clock):
    with act() as work:
        voice = feedback.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="The bus.", person_id=amina.id
        )
    assert "late or due today: 0 · new: 1" in browser.sign_in(sam, staff=True).get("/desk").text
    clock.move_to(datetime.combine(voice.next_word_on, time(9), LONDON))
    assert "late or due today: 1 · new: 1" in browser.sign_in(sam, staff=True).get("/desk").text


def test_a_demo_letter_has_links_and_none_of_the_tags_that_somebody_wrote(browser, settings):
    letter = uuid4()
    mail = EmailMessage()
    mail["Subject"], mail["To"], mail["From"], mail["Reply-To"] = "Hello", "a@example.org", "b@example.org", "c@x.org"
    mail.set_content("<script>alert(1)</script> javascript:alert(2)\nhttp://localhost/topics/bus\n")
    settings.letters_folder.mkdir(exist_ok=True)
    (settings.letters_folder / f"{letter}.eml").write_bytes(mail.as_bytes())
    browser.get("/demo/letters").follow("Hello")
    assert browser.link("http://localhost/topics/bus") == "http://localhost/topics/bus"
    assert "<script>alert" not in browser.html
    assert 'href="javascript' not in browser.html
    assert browser.get(f"/demo/letters/{uuid4()}").status == 404
