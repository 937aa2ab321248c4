"""The desk is shown topics that people chose for messages like this one, and nothing before there are enough."""

from datetime import timedelta
from uuid import uuid4

import pytest

from pyramid_app.charter.models import Edition
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import About, Channel, Speaker, Stage
from pyramid_app.feedback.suggesting.queries import suggest, suggest_topics
from pyramid_app.topics import service as topics
from pyramid_app.topics.rules import State
from tests.support.statements import counting

BUS = "The bus was late again"
PLAN = "We still wait for the plan"


@pytest.fixture
def plans(act, team, topic):
    with act(team) as work:
        return topics.start(work, "Late plans", commitments=[1, 3], next_word_on=topic.next_word_on)


@pytest.fixture
def filed(act, sam, clock):
    """``filed(topic, words, 100)``: so many voices, put there by Sam; an hour later."""

    def file(topic, words, number, *, about=About.SYSTEM, by=sam):
        with act() as work:
            voices = [
                Voice(
                    id=uuid4(), ref=uuid4().hex[:20], about=about, speaker=Speaker.PARENT_CARER, channel=Channel.WEB,
                    received_at=work.now, next_word_on=work.now.date(), topic_id=topic.id, sorted_at=work.now,
                    sorted_by_id=by.id if by else None,
                )
                for _ in range(number)
            ]  # fmt: skip
            work.session.add_all(voices)
            work.session.flush()
            work.session.add_all(VoiceText(voice_id=voice.id, stage=Stage.RAW, text=words) for voice in voices)
        clock.shift(timedelta(hours=1))

    return file


@pytest.fixture
def suggested(act):
    def ask(words):
        with act() as work:
            return [topic.title for topic in suggest_topics(work.session, work.now, words)]

    return ask


def test_topics_and_promises_come_from_what_people_chose(act, filed, topic, plans, suggested):
    filed(topic, BUS, 120)
    filed(plans, PLAN, 80)
    assert suggested("Buses never come on time, always late") == ["School buses"]
    assert suggested("Waiting for a plan since May") == ["Late plans"]
    assert suggested("The plan says a bus, and it was late") == ["School buses", "Late plans"]
    with act() as work:
        assert suggest(work.session, work.now, ["Waiting for a plan"])[0].commitments == [1, 3]
        assert suggest(work.session, work.now, ["Plan, plan, plan, and a bus"])[0].commitments == [1, 3, 9]
        assert suggest(work.session, work.now, ["Plan, plan, plan, and a bus"], most=2)[0].commitments == [1, 3]


def test_words_like_nothing_that_was_filed_bring_nothing(filed, topic, suggested):
    filed(topic, BUS, 200)
    assert suggested("Zebras yodel") == []
    assert suggested("") == []


def test_nothing_before_two_hundred_are_filed_and_five_under_the_topic(filed, topic, plans, suggested):
    filed(topic, BUS, 195)
    filed(plans, PLAN, 4)
    assert suggested(BUS) == []
    filed(topic, BUS, 1)
    assert suggested(BUS) == ["School buses"]
    assert suggested(PLAN) == []
    filed(plans, PLAN, 1)
    assert suggested(PLAN) == ["Late plans"]


@pytest.mark.parametrize("other", [{"about": About.OWN_CHILD}, {"by": None}])
def test_ones_own_child_and_what_no_person_filed_never_teach(filed, topic, plans, suggested, other):
    filed(topic, BUS, 199)
    filed(plans, PLAN, 20, **other)
    assert suggested(BUS) == []
    filed(topic, BUS, 1)
    assert suggested(BUS) == ["School buses"]
    assert suggested(PLAN) == []


def test_a_settled_topic_is_not_suggested_but_its_promise_is(act, team, filed, topic, plans, suggested):
    filed(topic, BUS, 150)
    filed(plans, PLAN, 50)
    assert suggested(BUS) == ["School buses"]
    with act(team) as work:
        topics.move(work, topic.id, State.DONE, None)
    assert suggested(BUS) == []
    with act() as work:
        assert suggest(work.session, work.now, [BUS])[0].commitments == [9]


def test_a_promise_that_the_present_edition_no_longer_makes_is_not_suggested(act, filed, topic, suggested):
    filed(topic, BUS, 200)
    with act() as work:
        work.session.add(Edition(number=2, published_at=work.now, introduction="Without promises"))
    with act() as work:
        assert suggest(work.session, work.now, [BUS])[0].commitments == []
    assert suggested(BUS) == ["School buses"]


def test_a_filing_of_this_hour_does_not_teach_yet_and_one_taken_back_is_forgotten(
    act, team, filed, topic, suggested, clock
):
    filed(topic, BUS, 199)
    with act() as work:
        voice = feedback.receive(work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=BUS)
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared=BUS)
    clock.shift(timedelta(minutes=59))
    assert suggested(BUS) == []
    clock.shift(timedelta(minutes=1))
    assert suggested(BUS) == ["School buses"]
    with act() as work:
        work.session.get_one(Voice, voice.id).topic_id = None
    assert suggested(BUS) == []


def test_a_page_of_messages_takes_as_few_statements_as_one_and_learning_is_remembered(act, filed, topic, plans):
    filed(topic, BUS, 120)
    filed(plans, PLAN, 80)
    asked = {}
    for number in (1, 1, 40):
        with act() as work, counting() as statements:
            found = suggest(work.session, work.now, [BUS, PLAN, "Zebras", ""] * number)
        asked.setdefault(number, []).append(len(statements))
        assert [[topic.title for topic in one.topics] for one in found[:4]] == [
            ["School buses"],
            ["Late plans"],
            [],
            [],
        ]
        assert len(found) == 4 * number
    first, again = asked[1]
    assert asked[40] == [again]
    assert again <= 5 < first
