"""Exercises: planned on a topic, written up once they were held; notes become voices once; numbers are disclosed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Channel, Speaker
from pyramid_app.kit.texts import LONDON
from pyramid_app.meetings.exercises import service
from pyramid_app.meetings.exercises.rules import Came, Degree, ExerciseKind, Note, Plan
from tests.builders import acting_as

STARTS = datetime(2027, 3, 10, 10, tzinfo=LONDON)
AFTER = datetime(2027, 3, 10, 13, tzinfo=LONDON)
PAGE = "5e5e1b60-35a4-4b3e-9d0a-0c5d35b4a111"
NOTE = Note("Our bus comes when it wants.", may_quote=True)
YES = "asked the room"


@pytest.fixture
def plan(topic):
    return Plan("Coffee and buses", STARTS, STARTS + timedelta(hours=2), "The Hub", childcare="A play room.",
                kind=ExerciseKind.COFFEE, degree=Degree.CONSULT, topic_id=topic.id)  # fmt: skip


@pytest.fixture
def coffee(act, team, plan):
    with act(team) as work:
        return service.plan(work, plan)


def write_up(act, team, coffee, *notes, page=PAGE, consent=YES, came=None):
    with act(team) as work:
        return service.write_up(work, coffee.id, came or {}, notes, consent, page)


def voices(act):
    with act() as work:
        return work.session.exec(select(Voice)).all()


def test_a_note_becomes_a_voice_from_a_meeting_once(act, team, sam, coffee, topic, clock):
    clock.move_to(AFTER)
    assert write_up(act, team, coffee, NOTE) == 1
    assert write_up(act, team, coffee, NOTE) == 0, "the same press twice"
    (voice,) = voices(act)
    assert (voice.channel, voice.suggested_topic_id, voice.entered_by_id) == (Channel.MEETING, topic.id, sam.id)
    assert (voice.said_on, voice.consent, voice.may_quote, voice.tell) == (date(2027, 3, 10), YES, True, False)
    assert voice.topic_id is None, "the desk clears it before anybody else reads it"


def test_nothing_is_written_up_before_it_was_held_or_without_a_yes(act, team, coffee, clock):
    with pytest.raises(NotAllowed):
        write_up(act, team, coffee, NOTE)
    clock.move_to(AFTER)
    for notes, facts, field in (
        ((NOTE,), {"consent": ""}, "consent"),
        ((NOTE, Note("x" * 5001)), {}, "note-1-words"),
        ((), {"came": {Came.PARENTS: -1}}, "parents"),
        ((), {"came": {Came.YOUNG_PEOPLE: 100_000}}, "young_people"),
    ):
        with pytest.raises(Invalid) as refused:
            write_up(act, team, coffee, *notes, **facts)
        assert set(refused.value.fields) == {field}
    assert voices(act) == []


def test_only_officers_and_chairs_plan_and_two_at_once_clash(act, team, amina, coffee, plan):
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.plan(work, plan)
    with act(acting_as(amina, Role.CHAIR)) as work:
        service.change(work, coffee.id, 1, plan)
    with pytest.raises(Conflict), act(team) as work:
        service.change(work, coffee.id, 1, plan)


def test_before_it_was_held_families_find_no_such_page(new_browser, coffee, topic, reps, amina, clock):
    address = f"/exercises/{coffee.ref}"
    assert new_browser().get(address).status == 404
    assert new_browser().sign_in(amina).get(address).status == 404
    assert new_browser().sign_in(reps[0]).get(address).status == 200
    assert "Coffee and buses" not in new_browser().get(f"/topics/{topic.ref}").text
    clock.move_to(AFTER)
    here = new_browser().get(f"/topics/{topic.ref}").follow("Coffee and buses, Wednesday 10 March 2027")
    assert "We ask what you think before we decide." in here.text
    assert "This is still being written down." in here.text
    assert new_browser().sign_in(amina).get(f"{address}/after").status == 404


def test_where_any_family_may_come_it_stands_on_the_first_page_and_the_topic(
    act, team, new_browser, coffee, plan, topic, amina, clock
):
    with act(team) as work:
        service.change(work, coffee.id, 1, replace(plan, is_open=True))
    for here in (
        new_browser().get("/"),
        new_browser().sign_in(amina).get("/"),
        new_browser().get(f"/topics/{topic.ref}"),
    ):
        assert "Come along" in here.text
        assert "The Hub" in here.follow("Coffee and buses").text
        assert "A play room." in here.text
        assert "Who came" not in here.text
        assert "Change it" not in here.text
    clock.move_to(AFTER)
    for path in ("/", f"/topics/{topic.ref}"):
        assert "Come along" not in new_browser().get(path).text


def test_anybody_reads_what_was_cleared_and_no_small_number(act, team, new_browser, coffee, topic, clock):
    clock.move_to(AFTER)
    came = {Came.PARENTS: 12, Came.YOUNG_PEOPLE: 2, Came.HEALTH: 0}
    write_up(act, team, coffee, NOTE, Note("Zebedee Quill said this."), came=came)
    text = new_browser().get(f"/exercises/{coffee.ref}").text
    assert "Parents and carers: 12" in text
    assert "Children and young people: fewer than 5" in text
    assert "From health" not in text
    assert NOTE.words not in text
    with act(team) as work:
        kept = {work.session.get_one(VoiceText, (one.id, "raw")).text: one for one in work.session.exec(select(Voice))}
        for words, voice in kept.items():
            filing.file_voice(work, voice.id, topic.id, cleared=words.replace("Zebedee Quill", "Somebody"))
    text = new_browser().get(f"/exercises/{coffee.ref}").text
    assert NOTE.words in text
    assert "Zebedee" not in text
    assert "Somebody said this." not in text, "nobody said yes to that"


def test_an_officer_plans_it_and_writes_it_up_on_the_pages(browser, act, sam, topic, clock):
    browser.sign_in(sam, staff=True).get("/meetings").follow("Plan one, or write one down")
    browser.press("Save", title="A visit")
    assert browser.status == 422
    for said in ("Say what it is.", "Choose what it is about.", "Say on which day it is.", "Say where it is"):
        assert said in browser.text
    day = {"on-day": "10", "on-month": "3"}
    rest = {"kind": "visit", "degree": "inform", "topic": str(topic.id), "place": "The depot"}
    for year in ("2020", "2040"):
        browser.press("Save", **rest, **day, **{"on-year": year})
        assert browser.status == 422
        assert "This day is more than" in browser.text
    browser.press("Save", **rest, **day, **{"on-year": "2027"})
    assert browser.path == "/exercises/a-visit-2027-03-10"
    assert "Write down who came" not in browser.text
    clock.move_to(AFTER)
    browser.sign_in(sam, staff=True).get("/exercises/a-visit-2027-03-10")
    browser.follow("Write down who came and what was said")
    browser.press("Keep it", parents="many", **{"note-1-words": "x" * 5001})
    assert browser.status == 422
    assert "Write a number from 0 to 2000." in browser.text
    assert "How they said yes" not in browser.text
    assert "x" * 5001 in browser.html
    browser.press("Keep it", parents="7", **{"note-1-words": "The depot is cold."})
    assert browser.status == 422
    assert "Write how they said yes" in browser.text
    assert "The depot is cold." in browser.html
    browser.press(
        "Keep it",
        parents="7",
        consent=YES,
        **{"note-1-words": "The depot is cold.", "note-1-may_quote": "y", "note-1-young": "y"},
    )
    assert "Parents and carers: 7" in browser.text
    (voice,) = voices(act)
    assert (voice.may_quote, voice.speaker) == (True, Speaker.YOUNG_PERSON)


def test_meetings_and_exercises_to_come_stand_in_the_calendar_of_the_desk(browser, sam, coffee, meeting, clock):
    desk = browser.sign_in(sam, staff=True).get("/desk/calendar")
    assert "Coffee and buses · Workshop, coffee morning or visit Wednesday 10 March 2027" in desk.text
    assert "Spring meeting · Meeting of the Group Thursday 18 March 2027" in desk.text
    desk.follow("Spring meeting")
    assert desk.path == f"/meetings/{meeting.ref}"
    clock.move_to(AFTER)
    assert "Coffee and buses" not in browser.sign_in(sam, staff=True).get("/desk/calendar").text
