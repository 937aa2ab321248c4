"""The whole story with names and answers that nobody else has: no log line holds an answer, or says who gave one.

The product logs as in production, everything it has to say; other people's libraries may say all they can, too.
"""

import io
import json
import logging
from datetime import timedelta

import pytest
import structlog
from sqlmodel import select

from pyramid_app.app import create_app, office
from pyramid_app.ballots.models import RollEntry
from pyramid_app.base import logs
from pyramid_app.base.work import working
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Stage
from pyramid_app.polls.asking.drafts import OptionDraft, QuestionDraft
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.models import Option
from pyramid_app.polls.results import own_words
from pyramid_app.scheduler import run_once
from tests.builders import a_member, an_officer, the_area
from tests.polls.builders import a_poll, every_box
from tests.polls.conftest import TEAM
from tests.support.browser import Browser
from tests.support.post import Bag, Post

NAME, NEW, CHOICE, WORDS = "Canaryname", "canary.new@example.org", "Canarychoice", "canarywords of a family"
ADDRESSES = [f"canary{number}@example.org" for number in range(2)]
LOUD = ("pyramid_app", "flask", "werkzeug", "apscheduler", "gunicorn")


@pytest.fixture
def told(monkeypatch):
    """Everything that is logged, by the product and by what it is made of; SQL itself is off, as in production."""
    said, handler = io.StringIO(), logging.StreamHandler()
    # pytest puts its own stderr back between a fixture and its test.
    monkeypatch.setattr(logs, "_write", lambda line: said.write(f"{line}\n"))
    handler.setStream(said)
    loggers = [logging.getLogger(name) for name in LOUD]
    levels = [one.level for one in loggers]
    logs.configure()
    logging.getLogger().addHandler(handler)
    for one in loggers:
        one.setLevel(logging.DEBUG)
    yield said
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


@pytest.fixture
def town(settings, database, clock, told):
    """A poll whose every answer is a canary, two families whose every name is one, and the scheduler."""
    options = tuple(OptionDraft(f"{CHOICE} {number}", f"{CHOICE} means {number}.") for number in range(3))
    questions = [QuestionDraft(f"As {kind}?", () if kind is QuestionKind.TEXT else options, kind,
                               1000 if kind is QuestionKind.TEXT else 2 if kind is QuestionKind.SEVERAL else 1)
                 for kind in QuestionKind]  # fmt: skip
    with working(database, TEAM) as work:
        the_area(work)
        people = [a_member(work, address, name=f"{NAME}{number}") for number, address in enumerate(ADDRESSES)]
        sam = an_officer(work)
        poll = a_poll(work, settings.keys, questions=questions, facts=("age",), title="Buses")
        boxes = every_box(work, poll, WORDS)
    bag = Bag()
    app = create_app(settings, database)
    # As in production: what goes wrong becomes a page and a line in the log.
    app.testing = False
    return Town(app, settings, database, Post(database, office(settings, bag), bag), people, sam, poll, boxes)


class Town:
    def __init__(self, *parts):
        self.app, self.settings, self.database, self.post, self.people, self.sam, self.poll, self.boxes = parts

    def jobs(self):
        run_once(self.settings, self.database, self.post.office)
        self.post.deliver()

    def all_answer(self):
        """By each of the three doors: signed in, by a letter's link, as a stranger."""
        first, _ = self.people
        browser = Browser(self.app).sign_in(first).get(f"/polls/{self.poll.ref}/paper")
        browser.press("Go on", **self.boxes).press("Change it").press("Go on").press("Send my answer")
        browser = Browser(self.app).get(self.post.link_to(ADDRESSES[1], "p")).press("Open the question")
        browser.press("Go on", **self.boxes).press("Send my answer")
        browser = Browser(self.app).get(f"/q/{self.poll.ref}").press("Go on", **self.boxes)
        browser.press("Send me a code", cares="y", first="y", address=NEW)
        self.post.deliver()
        browser.press("Send my answer", code=self.post.code_to(NEW))
        assert "Your answer is in" in browser.text


def secrets_of(town):
    """Every text that is somebody, and every text that is an answer, as the database spells them."""
    with town.database.reading() as session:
        rolls = session.exec(select(RollEntry)).all()
        options = [str(one) for one in session.exec(select(Option.id))]
        voices = [str(one) for one in session.exec(select(Voice.id))]
        refs = list(session.exec(select(Voice.ref)))
    who = [NAME, "canary", *(str(one.person_id) for one in rolls), *(one.id.hex() for one in rolls)]
    said = [CHOICE, WORDS, "canarywords", *options, *voices, *refs]
    return [*who, *(one.replace("-", "") for one in who)], [*said, *(one.replace("-", "") for one in said)]


def lines_with(told, words):
    return [line for line in told.getvalue().splitlines() if any(one.lower() in line.lower() for one in words)]


def test_no_line_of_the_whole_story_holds_an_answer_or_a_person(town, told, clock):
    town.jobs()
    town.all_answer()
    clock.move_to(town.poll.opens_at + (town.poll.closes_at - town.poll.opens_at) * 3 / 4)
    town.jobs()
    clock.move_to(town.poll.closes_at)
    town.jobs()
    town.jobs()
    Browser(town.app).sign_in(town.sam, staff=True).get("/desk").get(f"/polls/{town.poll.ref}/results")
    who, said = secrets_of(town)
    with town.database.reading() as session:
        assert len(session.exec(select(VoiceText).where(VoiceText.text == WORDS)).all()) == 3
    events = {json.loads(line).get("event") for line in told.getvalue().splitlines() if line.startswith("{")}
    assert {"answered", "count begun", "box opened", "count finished"} <= events
    assert lines_with(told, said) == []
    assert lines_with(told, who) == []


def test_nor_when_a_statement_with_the_answer_in_it_fails(town, told, clock, monkeypatch):
    """The database's own error message would quote the words of the family: it must not."""
    town.jobs()
    town.all_answer()
    clock.move_to(town.poll.closes_at)
    whole = own_words.receive_all

    def doubled(work, heard, *rest):
        whole(work, heard, *rest)
        work.session.flush()
        (one, *_) = work.session.exec(select(VoiceText)).all()
        work.session.add(VoiceText(voice_id=one.voice_id, stage=Stage.CLEARED, text=WORDS))
        work.session.flush()
        work.session.expunge_all()
        work.session.add(VoiceText(voice_id=one.voice_id, stage=Stage.CLEARED, text=WORDS))
        work.session.flush()

    monkeypatch.setattr(own_words, "receive_all", doubled)
    town.jobs()
    who, said = secrets_of(town)
    assert any("it fails" in line and "IntegrityError" in line for line in told.getvalue().splitlines())
    assert lines_with(told, [CHOICE, WORDS, *who[:2]]) == []
    assert lines_with(told, said) == []


def test_a_line_that_quotes_an_answer_would_be_found(town, told, clock, monkeypatch):
    """The known-bad way: somebody logs what was sent."""
    log = structlog.get_logger()
    whole = own_words.receive_all

    def talkative(work, heard, *rest):
        log.info("received", words=[one.text for one in heard])
        logging.getLogger("pyramid_app").debug("from %s", NAME)
        whole(work, heard, *rest)

    monkeypatch.setattr(own_words, "receive_all", talkative)
    town.jobs()
    town.all_answer()
    clock.move_to(town.poll.closes_at + timedelta(minutes=1))
    town.jobs()
    who, said = secrets_of(town)
    assert lines_with(told, said)
    assert lines_with(told, who)
