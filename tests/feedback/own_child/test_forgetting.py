"""Thirty days after it was handed over, and once it was received, nothing of a case is left here; it still counts."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlmodel import select

from pyramid_app.app import office
from pyramid_app.area import service as area
from pyramid_app.base.db import Database
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working
from pyramid_app.feedback import forgetting
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.own_child import queries, service
from pyramid_app.outcomes import service as outcomes
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.scheduler import run_once
from pyramid_app.topics import service as topics
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.conftest import TESTS
from tests.feedback.own_child.conftest import ADVICE, PHONE, WORDS, tell_and_pass_on
from tests.support.dump import dump, holds, stored_bytes
from tests.support.post import Bag, Post

NOTE = "Canarynote: his mother rang."
MONTH = timedelta(days=30)


def everything(act, handed, team, topic, kim_id):
    """Whatever can hold a word of it: notes, a question, the first answer, the letter that it arrived."""
    voice, one = handed
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="", note="Canaryletter")
        filing.note(work, voice.id, NOTE)
        filing.ask_colleague(work, voice.id, kim_id, NOTE, "http://localhost")
    with act() as work:
        service.receive(work, one.id, one.version, "Jo", date(2027, 3, 4))


def rows_with(database, canary):
    """The tables that hold it."""
    with database.reading() as session:
        tables = sa.inspect(session.connection()).get_table_names()
        return [
            name
            for name in tables
            if any(canary in str(row) for row in session.execute(sa.text(f'SELECT * FROM "{name}"')).all())
        ]


def test_all_of_it_goes_and_the_topic_still_counts_it(act, handed, team, sam, topic, clock, run_jobs, post, database):
    everything(act, handed, team, topic, sam.id)
    clock.shift(timedelta(minutes=20))
    run_jobs()
    assert {"voice_text", "letter", "desk_note", "hand_over"} <= {
        *rows_with(database, "Canary"), *rows_with(database, PHONE),
    }  # fmt: skip
    clock.shift(MONTH - timedelta(minutes=21))
    assert run_jobs("forget cases") == 0
    clock.shift(timedelta(minutes=1))
    assert run_jobs("forget cases") == 1
    assert run_jobs("forget cases") == 0
    assert rows_with(database, "Canary") == rows_with(database, PHONE) == []
    with act() as work:
        assert feedback.count_voices(work.session, topic.id) == 1
        assert queries.find_of(work.session, handed[0].id).text_gone_at == work.now
        letters = work.session.exec(select(Letter).where(Letter.about == f"voice:{handed[0].id}")).all()
    assert {letter.kind for letter in letters} == {"hand over", "first answer", "desk", "received"}
    assert {letter.text for letter in letters} == {""}


def test_until_it_is_received_it_is_kept_and_rings_on_the_desk(
    act, handed, browser, sam, clock, run_jobs, database, post
):
    _, one = handed
    clock.shift(MONTH)
    assert run_jobs("forget cases") == 0
    browser.sign_in(sam, staff=True).get("/desk")
    assert "Ring them 30 days are over." in browser.text
    with act() as work:
        service.receive(work, one.id, one.version, "Jo", date(2027, 4, 1))
    assert run_jobs("forget cases") == 0, "the family must get its letter first"
    run_jobs("send letters")
    assert f"You said: “{WORDS}”" in post.last_to("amina@example.org").words.text
    assert run_jobs("forget cases") == 1
    assert rows_with(database, "Canarychild") == []
    assert "Ring them" not in browser.get("/desk").text


def test_a_letter_that_cannot_leave_holds_it_up_for_a_day_at_the_most(act, handed, clock, run_jobs, database):
    _, one = handed
    clock.shift(MONTH)
    with act() as work:
        service.receive(work, one.id, one.version, "Jo", date(2027, 4, 1))
    clock.shift(timedelta(days=1, minutes=1))
    assert run_jobs("forget cases") == 1
    assert rows_with(database, "Canarychild") == []
    with database.reading() as session:
        letter = session.exec(select(Letter).where(Letter.kind == "received")).one()
    assert (letter.text, letter.refused) == ("", "no longer needed")


def test_letters_about_its_topic_lose_the_quotation_alone(act, handed, team, topic, clock, run_jobs, database):
    everything(act, handed, team, topic, team.person_id)
    draft = Draft(Answer.CANT, "Letters are slow.", "", "Means.", reason="Why.", instead="Instead.")
    clock.shift(MONTH)
    with act(team) as work:
        outcomes.publish(work, topic.id, draft)
    assert run_jobs("tell what happened") == 1
    assert "letter" in rows_with(database, "Canarychild")
    run_jobs("send letters", "forget cases")
    assert rows_with(database, "Canarychild") == []
    with database.reading() as session:
        told = session.exec(select(Letter).where(Letter.kind == "outcome")).all()
    assert ["“…”" in letter.text and "Instead." in letter.text for letter in told] == [True]


def test_the_family_still_sees_where_it_went(act, handed, amina, browser, clock, run_jobs):
    _, one = handed
    with act() as work:
        service.receive(work, one.id, one.version, "Jo", date(2027, 3, 4))
    run_jobs("send letters")
    clock.shift(MONTH)
    run_jobs("forget cases")
    browser.sign_in(amina).get("/me")
    assert "Jo" in browser.text
    assert "The words themselves are not kept here any more." in browser.text
    assert "Canarychild" not in browser.html


def test_a_link_used_after_that_shows_no_word(act, handed, browser, clock, run_jobs, post):
    post.deliver()
    link = post.link_to(ADVICE, "received")
    with act() as work:
        service.receive(work, handed[1].id, 1, "Jo", date(2027, 3, 4))
    run_jobs("send letters")
    clock.shift(MONTH)
    run_jobs("forget cases")
    assert "You have told us that you have it" in browser.get(link).text
    assert "Canarychild" not in browser.html


@pytest.mark.parametrize("how", ["as it is", "deleted rows stay", "the log stays"])
def test_no_word_of_it_is_left_in_the_files(real_database, settings, clock, how):
    """Deleted rows are overwritten and SQLite's log is emptied: switched off, the search finds what lies there."""
    database = real_database
    if how == "deleted rows stay" and database.url.startswith("sqlite"):
        sa.event.listen(database.engine, "checkout", lambda one, *_: one.execute("PRAGMA secure_delete=OFF"))
    bag = Bag()
    post = Post(database, office(settings, bag), bag)
    with working(database, TESTS) as work:
        the_area(work)
        amina, sam = a_member(work), an_officer(work)
        area.change_settings(work, {"advice_mailbox": ADVICE}, "for tests")
        topic = topics.start(work, "Letters", outside="Elsewhere.", next_word_on=date(2027, 6, 1))
    with working(database, acting_as(amina)) as work:
        voice, one = tell_and_pass_on(work, amina, WORDS * 20)
    with working(database, acting_as(sam, "officer")) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="")
        filing.note(work, voice.id, NOTE)
    with working(database, TESTS) as work:
        service.receive(work, one.id, 1, "Jo", date(2027, 3, 4))
    clock.shift(timedelta(minutes=20))
    post.deliver()
    database.forget()
    assert holds(stored_bytes(database), "Canarychild")
    clock.shift(MONTH)
    with patch.object(Database, "forget", (lambda _: None) if how == "the log stays" else Database.forget):
        assert run_once(settings, database, post.office, ["forget cases"]) == 1
    assert "Canary" not in str(dump(database))
    if database.url.startswith("sqlite"):
        left = any(holds(stored_bytes(database), canary) for canary in ("Canarychild", "Canarynote", PHONE))
        assert left == (how != "as it is")


def test_when_somebody_is_erased_nothing_waits_for_an_answer_about_her(
    act, handed, amina, browser, post, database, sam
):
    post.deliver()
    link = post.link_to(ADVICE, "received")
    with act() as work:
        forgetting.forget_person(work, amina.id)
    assert rows_with(database, "Canarychild") == rows_with(database, PHONE) == []
    assert browser.get(link).status == 410
    with act() as work:
        assert queries.with_others(work.session, work.now) == queries.to_ask_again(work.session) == []
    assert "with others: 0" in browser.sign_in(sam, staff=True).get("/desk").text
