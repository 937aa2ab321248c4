"""A message about one's own child: handed over with one tick, received by a link, and gone from here after 30 days."""

import pytest
from sqlmodel import select

from pyramid_app.area import service as area
from pyramid_app.feedback.models import Voice, VoiceText
from tests.builders import an_officer, the_area

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)]

MARY, SAM, ADVICE = "mary@example.org", "sam@council.example.org", "advice@sendiass.example.org"
WORDS = "They want to stop Canary's transport next month, and I don't know what to do."


@pytest.fixture
def town(stage):
    with stage.act() as work:
        the_area(work)
        area.change_settings(
            work, {"advice_name": "Free advice", "advice_contact": "020 7946 0001", "advice_mailbox": ADVICE}, "tests"
        )
        an_officer(work, "Sam", SAM, lead=True)
    stage.work()
    return stage


def test_she_is_helped_told_and_forgotten(someone, town):
    mary = someone("parent", script=False)
    mary.goes("/feedback/new").follows("My own child").reads("Talking to us does not stop the clock").looks("own child")
    mary.writes("What do you want to tell us?", WORDS).ticks("Pass my words on to people who can help")
    mary.writes("Your phone number", "020 7946 0999").writes("Your e-mail address", MARY).presses("Send it")
    mary.reads("We have it. Thank you.").reads("We passed your words on to Free advice").looks("own child, thanks")
    town.work()
    mary.writes("code from our message", town.mail.code(MARY)).presses("Tell me what happens")

    adviser = someone("adviser", phone=False)
    town.mail.wait_for(lambda mails: any(ADVICE in str(mail["To"]) for mail in mails))
    assert WORDS in " ".join(town.mail.text(ADVICE).split())
    adviser.goes(town.mail.link(ADVICE, "received")).reads(WORDS).looks("place sees the words")
    adviser.writes("Who has it now?", "Joan, adviser")
    for box, number in (("Day", "4"), ("Month", "3"), ("Year", "2027")):
        adviser.writes(box, number)
    adviser.presses("We have received it")
    town.later(minutes=12)
    assert "Joan, adviser" in town.mail.text(MARY)

    town.later(days=31)
    with town.database.reading() as session:
        voice = session.exec(select(Voice)).one()
        assert voice.sorted_as == "handed over"
        assert session.exec(select(VoiceText)).all() == []
    adviser.goes(town.mail.link(ADVICE, "received"))
    assert WORDS not in adviser.text()
