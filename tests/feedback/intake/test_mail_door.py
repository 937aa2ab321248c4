"""Pasting an e-mail: looked at first, kept with what it belongs to; machines are put away and answer nobody."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Channel, Sorting, Speaker

BUS = "The bus is late most days."
ADDRESS = "amina@example.org"


@pytest.fixture
def desk(browser, sam):
    return browser.sign_in(sam, staff=True)


@pytest.fixture
def answered(act, amina, team, topic, post, clock):
    """Amina said something, and her first answer has left."""
    with act() as work:
        voice = feedback.receive(work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=BUS, person_id=amina.id)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    clock.shift(timedelta(minutes=11))
    post.deliver()
    return voice


def voices(database):
    with database.reading() as session:
        return session.exec(select(Voice).order_by(Voice.received_at)).all()


def letter(database):
    with database.reading() as session:
        return session.exec(select(Letter).where(Letter.kind == "first answer")).one()


def paste(desk, mail):
    return desk.get("/desk/enter/mail").press("Look at it", mail=mail)


def reply(database, more=""):
    return (
        f"From: Amina Yusuf <{ADDRESS}>\nTo: team\nSubject: Re: We have read your message\n{more}"
        f"Date: Mon, 1 Mar 2027 09:00:00 +0000\nIn-Reply-To: {letter(database).message_id}\n\n"
        "Thank you. Today it came twice.\n\nOn Monday Sam wrote:\n" + "> Hello Amina.\n" * 300
    )


def test_a_reply_is_looked_at_and_kept_with_what_it_answers(desk, answered, amina, topic, database):
    paste(desk, reply(database))
    assert len(voices(database)) == 1, "nothing is kept before somebody has looked"
    assert f"It belongs to this topic: {topic.title}" in desk.text
    assert desk.html.count("&gt; Hello Amina.") >= 300, "what was left out can be looked at"
    desk.press("Keep it")
    _first, voice = voices(database)
    with database.reading() as session:
        assert session.get(VoiceText, (voice.id, "raw")).text == "Thank you. Today it came twice."
    assert (voice.channel, voice.person_id, voice.tell) == (Channel.EMAIL, amina.id, True)
    assert (voice.suggested_topic_id, voice.said_on) == (topic.id, date(2027, 3, 1))
    assert voice.consent == "They wrote to us by e-mail."


def test_a_reference_in_the_words_is_found(desk, answered, database):
    paste(desk, f"You gave me {answered.ref} and I have more to say.")
    assert f"It belongs to message {answered.ref}." in desk.text


@pytest.mark.usefixtures("answered")
def test_an_out_of_office_note_is_put_away_and_the_letter_stays_sent(desk, database):
    paste(desk, reply(database, "Auto-Submitted: auto-replied\n"))
    assert "a machine wrote this" in desk.text
    desk.press("Keep it")
    voice = voices(database)[-1]
    assert (voice.sorted_as, voice.person_id) == (Sorting.NOT_A_MESSAGE, None)
    assert letter(database).refused is None


@pytest.mark.usefixtures("answered")
def test_a_bounce_marks_its_letter_and_answers_nobody(desk, database, post, run_jobs, clock):
    paste(desk, f"From: MAILER-DAEMON@mx.example.org\nSubject: Undeliverable: We have read your message\n\n"
                f"It could not be delivered.\n\nMessage-ID: {letter(database).message_id}\n")  # fmt: skip
    assert "one of our letters came back" in desk.text
    desk.press("Keep it")
    assert "It is put away" in desk.text
    assert letter(database).refused == "bounced"
    sent = len(post.letters)
    clock.shift(timedelta(days=30))
    run_jobs("late voices")
    post.deliver()
    assert len(post.letters) == sent
    assert desk.get("/desk").status == 200


def test_an_officer_can_say_that_a_person_wrote_it_after_all(desk, database):
    paste(desk, "Hello, I am out of the office at my own work on Fridays, so the bus must wait.").press(
        "Keep it", machine=None
    )
    assert voices(database)[0].sorted_as is None


@pytest.mark.parametrize(
    ("pasted", "sentence"), [("", "Paste the e-mail here."), ("x" * 200_001, "Please make this shorter")]
)
def test_nothing_or_too_much_is_said(desk, pasted, sentence):
    paste(desk, pasted)
    assert (desk.status, sentence in desk.text) == (422, True)


def test_what_does_not_fit_keeps_all(desk, database):
    paste(desk, f"From: x <x@example.org>\nSubject: buses\n\n{BUS}\n> old").press("Keep it", consent="")
    assert (desk.status, "Write how they said yes" in desk.text) == (422, True)
    assert BUS in desk.html
    assert "What we left out" in desk.text
    desk.press("Keep it", consent="yes", **{"said-0-address": "nonsense"})
    assert (desk.status, "We can't read this address." in desk.text) == (422, True)
    assert voices(database) == []


def test_html_in_a_mail_stays_words(desk):
    paste(
        desk, "From: <script>alert(1)</script> <a@b.example>\nSubject: <img src=x>\n\n<script>alert(1)</script>\n> <b>"
    )
    assert "<script>alert" not in desk.html
    assert "<img src=x>" not in desk.html


def test_a_mail_too_long_to_read_is_said_so_and_stays_in_the_box(desk):
    endless = "From: a@b.example\nSubject: x\n\n" + "The bus is late.\n" * 2_001
    answer = desk.post("/desk/enter/mail", {"mail": endless})
    assert answer.status == 422
    assert "more than 2000 lines" in desk.text
    assert desk.html.count("The bus is late.") == 2_001
    desk.post("/desk/enter/mail/keep", {"mail": endless})
    assert (desk.status, desk.html.count("The bus is late.")) == (422, 2_001)
