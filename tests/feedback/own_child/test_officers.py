"""An officer hands over for a family, with their yes noted; it counts in a topic whenever it is filed."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.errors import Conflict, NotAllowed
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback import service as voices
from pyramid_app.feedback.filing import queries as desk
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import queries, service
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.own_child.rules import Place
from pyramid_app.feedback.rules import About, Sorting, Speaker
from tests.builders import acting_as
from tests.feedback.own_child.conftest import ADVICE, PHONE, PLANS, WORDS, tell

AMINA = "amina@example.org"


def test_an_officer_hands_over_with_the_familys_yes_noted(act, amina, places, browser, sam, post, database):
    with act(acting_as(amina)) as work:
        voice = tell(work, amina)
    browser.sign_in(sam, staff=True).get(f"/desk?open={voice.ref}")
    assert re.search(r'data-key="h"', browser.html)
    browser.follow("H Hand it over").press("Hand it over", place="plan team", phone=PHONE)
    assert (browser.status, "Write how the family said yes." in browser.text) == (422, True)
    browser.press("Hand it over", place="plan team", phone=PHONE, consent="On the phone today")
    assert "With the team that writes the plans since Monday 1 March 2027." in browser.text
    post.deliver()
    assert WORDS in post.last_to(PLANS).words.text
    (told,) = post.to(AMINA)
    assert told.words.text.startswith(f"You said: “{WORDS}”")
    assert "It is with the team that writes the plans now." in told.words.text
    assert "You hear from us by Thursday 4 March 2027" in told.words.text
    with database.reading() as session:
        row = session.exec(select(HandOver)).one()
    assert (row.by_id, row.consent) == (sam.id, "On the phone today")


def test_it_can_go_to_another_place_and_the_first_link_is_dead(handed, act, team, browser, post):
    post.deliver()
    link = post.link_to(ADVICE, "received")
    with act(team) as work:
        service.hand_over(work, handed[0].id, Place.PLAN_TEAM, phone=PHONE, consent="She rang us")
    post.deliver()
    assert browser.get(link).status == 410
    assert browser.get(post.link_to(PLANS, "received")).status == 200


def test_only_the_team_hands_over_for_somebody_and_nobody_passes_on_what_another_told(act, amina, places):
    with act(acting_as(amina)) as work:
        voice = tell(work, amina)
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.hand_over(work, voice.id, Place.ADVICE, consent="Mine")
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        work.now += timedelta(seconds=1)
        service.pass_on(work, voice.id, Place.ADVICE)


def test_what_everybody_reads_in_a_topic_is_no_case(act, amina, team, topic, places):
    with act() as work:
        voice = voices.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="The bus.", may_quote=True, person_id=amina.id
        )
    with act(team) as work:
        filing.file_voice(work, voice.id, topic.id, cleared="The bus.")
    with pytest.raises(NotAllowed), act(team) as work:
        service.hand_over(work, voice.id, Place.ADVICE, consent="She rang us")


def test_a_message_of_the_other_kind_becomes_one_about_a_child(act, amina, team, topic, places):
    with act() as work:
        voice = voices.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=WORDS, may_quote=True, person_id=amina.id
        )
    with act(team) as work:
        service.hand_over(work, voice.id, Place.ADVICE, consent="She rang us")
        filing.file_voice(work, voice.id, topic.id, cleared=WORDS)
    with act() as work:
        assert feedback.public_voices(work.session, topic.id) == feedback.cleared_voices(work.session, topic.id) == []


@pytest.mark.parametrize("when", ["before", "between", "after"])
def test_it_counts_in_a_topic_whenever_it_is_filed(when, act, amina, team, topic, places):
    with act(acting_as(amina)) as work:
        voice = tell(work, amina)
    acts = {
        "file": lambda work: filing.file_voice(work, voice.id, topic.id, cleared=""),
        "hand": lambda work: service.hand_over(work, voice.id, Place.ADVICE, consent="She rang us"),
        "have": lambda work: service.receive_by_phone(work, voice.id, "Jo", None),
    }
    order = {"before": "file hand have", "between": "hand file have", "after": "hand have file"}[when].split()
    for name in order:
        with act(team) as work:
            acts[name](work)
            if name == "hand":
                assert voice.id in [one.voice.id for one in queries.with_others(work.session, work.now)]
    with act() as work:
        kept = work.session.get_one(Voice, voice.id)
        assert (kept.topic_id, kept.sorted_as) == (topic.id, Sorting.HANDED_OVER)
        assert feedback.count_voices(work.session, topic.id) == 1
        assert desk.overdue(work.session, date(2028, 1, 1)) == []


def test_nobody_thanks_or_throws_away_what_a_place_has(handed, act, team):
    for verb in (filing.thank, filing.set_aside):
        with pytest.raises(Conflict), act(team) as work:
            verb(work, handed[0].id)
