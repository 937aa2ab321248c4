"""Two at the same moment, with real commits and real locks: one answer is kept, one clock says what is public."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from sqlmodel import select

from pyramid_app.base.actor import NOBODY, Role, system
from pyramid_app.base.errors import Refused
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import working
from pyramid_app.kit.texts import LONDON
from pyramid_app.outcomes import service
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies import by_link
from pyramid_app.outcomes.replies import service as replies
from pyramid_app.outcomes.replies.links import For, Held
from pyramid_app.outcomes.replies.models import PartnerAsk
from pyramid_app.topics import service as topics
from tests.builders import acting_as, an_officer, the_area
from tests.outcomes.builders import CANT, mailboxes

TESTS = system("tests")


@pytest.fixture
def team(real_database, clock):
    with working(real_database, TESTS) as work:
        the_area(work)
        mailboxes(work)
        return acting_as(an_officer(work), Role.OFFICER)


@pytest.fixture
def topic(real_database, team):
    with working(real_database, team) as work:
        return topics.start(work, "School buses", outside="None.", next_word_on=date(2027, 4, 12))


def at_once(database, who, verb, times=8):
    """How many of these acts at the same moment were not refused."""

    def act(number):
        try:
            with working(database, who) as work:
                verb(work, number)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(times) as pool:
        return sum(pool.map(act, range(times)))


def test_one_of_many_answers_is_kept(real_database, team, topic):
    with working(real_database, team) as work:
        (ask,) = replies.ask(work, topic.id, ["nhs"], "When?")
    held = Held(For.ASK, ask.id)
    kept = at_once(real_database, NOBODY, lambda work, number: by_link.send(work, held, f"Answer {number}"))
    assert kept == 1


def test_one_of_many_questions_is_asked(real_database, team, topic):
    assert at_once(real_database, team, lambda work, _: replies.ask(work, topic.id, ["nhs", "schools"], "When?")) == 1
    with real_database.reading() as session:
        assert len(session.exec(select(PartnerAsk)).all()) == 2


def test_one_of_many_who_pass_it_on_makes_one_link(real_database, team, topic):
    with working(real_database, team) as work:
        (ask,) = replies.ask(work, topic.id, ["nhs"], "When?")
    held = Held(For.ASK, ask.id)
    passed = at_once(
        real_database, NOBODY, lambda work, number: by_link.pass_on(work, held, f"a{number}@icb.nhs.example")
    )  # fmt: skip
    assert passed == 1
    with real_database.reading() as session:
        assert session.get_one(PartnerAsk, ask.id).version == 1


def test_one_of_many_answers_waits(real_database, team, topic):
    published = at_once(
        real_database, team, lambda work, _: service.publish(work, topic.id, CANT, partners=["nhs"])
    )  # fmt: skip
    assert published == 1
    with real_database.reading() as session:
        assert len(session.exec(select(Letter).where(Letter.kind == "partner look")).all()) == 1


def test_many_schedulers_move_a_topic_once(real_database, team, topic, clock):
    with working(real_database, team) as work:
        outcome = service.publish(work, topic.id, CANT, partners=["nhs"])
    clock.move_to(datetime(2027, 3, 5, 9, tzinfo=LONDON))
    moved = []
    at_once(real_database, TESTS, lambda work, _: moved.append(service.make_public(work, outcome.id)))
    assert sorted(moved) == [False] * 7 + [True]
    with real_database.reading() as session:
        assert session.get_one(Outcome, outcome.id).moved_at is not None
