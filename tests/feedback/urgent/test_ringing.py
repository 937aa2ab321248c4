"""A message that may be urgent rings whoever is on duty, until a colleague has seen to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from pyramid_app.area import service as area
from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback import forgetting
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, Channel, Speaker
from pyramid_app.scheduler import run_once
from tests.builders import an_officer
from tests.support.post import Bag

JOB = "ring about urgent messages"
DUTY, MOBILE = "duty@council.example.org", "+447700900123"
WORDS = "Canarychild is not safe."


@pytest.fixture
def on_duty(act, sam):
    with act() as work:
        area.change_settings(work, {"duty_address": DUTY, "duty_mobile": "07700 900123"}, "for tests")


@pytest.fixture
def urgent(act, amina):
    return tell(act, amina)


def tell(act, person, about=About.OWN_CHILD, channel=Channel.WEB):
    with act() as work:
        voice = feedback.receive(
            work, about=about, speaker=Speaker.PARENT_CARER, text=WORDS, person_id=person.id, channel=channel
        )
        voice.urgent_at = work.now
    return voice


def test_the_duty_role_is_told_at_once_and_once_without_any_content(on_duty, urgent, run_jobs, post):
    assert run_jobs(JOB) == 1
    assert run_jobs(JOB) == 0
    post.deliver()
    assert {letter.address for letter in post.letters} == {DUTY, MOBILE}
    for letter in post.letters:
        words = letter.words
        assert words.subject == "A message that may be urgent is on the desk"
        assert f"http://localhost/desk/voices/{urgent.ref}" in words.text
        for secret in ("Canarychild", "Amina", "amina@", "SEND needs"):
            assert secret not in words.subject + words.one_line + words.text
        assert "every officer gets this letter" not in words.text


def test_where_nobody_is_named_every_officer_is_told_and_reads_why(urgent, act, run_jobs, post):
    with act() as work:
        an_officer(work, "Kim", "kim@council.example.org", lead=True)
    run_jobs(JOB)
    post.deliver()
    assert {letter.address for letter in post.letters} == {"sam@council.example.org", "kim@council.example.org"}
    assert "every officer gets this letter" in post.letters[0].words.text


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.EMAIL, Channel.LIST])
def test_it_rings_by_whichever_way_it_came(on_duty, act, amina, run_jobs, channel):
    tell(act, amina, About.SYSTEM, channel)
    assert run_jobs(JOB) == 1


def test_it_rings_on_until_somebody_has_seen_to_it(on_duty, urgent, act, team, run_jobs, clock, database):
    """From Monday 10 am, looked at every 20 minutes for a week with a bank holiday's weekend in it."""
    clock.move_to(datetime(2027, 3, 24, 10, tzinfo=UTC))
    with act() as work:
        work.session.get_one(Voice, urgent.id).urgent_at = work.now
    for _ in range(3 * 24 * 7):
        run_jobs(JOB)
        clock.shift(timedelta(minutes=20))
    with database.reading() as session:
        rung = session.exec(select(Letter).where(Letter.kind == "urgent", Letter.address == DUTY)).all()
    times = sorted(f"{letter.posted_at:%a %H:%M}" for letter in rung)
    # Good Friday 26 March and Easter Monday 29 March are holidays; the clocks change on Sunday 28 March.
    assert times == sorted(
        ["Wed 10:00", "Wed 11:00", "Wed 13:00", "Wed 15:00", "Thu 09:00", "Thu 11:00", "Thu 13:00", "Thu 15:00",
         "Tue 08:00", "Tue 10:00", "Tue 12:00", "Tue 14:00", "Wed 08:00"]
    )  # fmt: skip
    with act(team) as work:
        filing.see_to(work, urgent.id, "Rang the social care team.")
    clock.shift(timedelta(hours=1))
    assert run_jobs(JOB) == 0


def test_filing_or_handing_over_does_not_end_it(on_duty, urgent, act, team, topic, run_jobs, clock):
    run_jobs(JOB)
    with act(team) as work:
        filing.file_voice(work, urgent.id, topic.id, cleared="")
    clock.shift(timedelta(hours=1))
    assert run_jobs(JOB) == 1


def test_what_its_author_took_back_rings_no_more(on_duty, urgent, act, run_jobs):
    with act() as work:
        forgetting.take_back(work, urgent.id)
    assert run_jobs(JOB) == 0


def test_a_mobile_that_cannot_be_reached_is_neither_asked_for_nor_rung(
    on_duty, urgent, settings, database, post, browser, act
):
    bag = Bag(channels=frozenset({"email"}))
    for job in (JOB, "send letters"):
        run_once(settings, database, replace(post.office, carrier=bag), [job])
    assert [parcel.address for parcel in bag.parcels] == [DUTY]
    with act() as work:
        lea = an_officer(work, "Lea", "lea@council.example.org", lead=True)
    browser.sign_in(lea, staff=True)
    assert 'name="duty_mobile"' in browser.get("/setup").html
    house = browser.app.extensions["pyramid"]
    browser.app.extensions["pyramid"] = replace(house, channels=frozenset({"email"}))
    assert 'name="duty_mobile"' not in browser.get("/setup").html
    browser.press("Save", phone="020 7946 0111", why="New number")
    assert browser.status == 200
    browser.app.extensions["pyramid"] = house
    assert 'value="07700 900123"' in browser.get("/setup").html, "what was not asked was not emptied"


def test_set_up_says_what_happens_if_nobody_is_named(browser, act, sam):
    with act() as work:
        lea = an_officer(work, "Lea", "lea@council.example.org", lead=True)
    browser.sign_in(lea, staff=True).get("/setup")
    assert "If both are empty, every officer gets the letter." in browser.text
    browser.press("Save", duty_mobile="soon", duty_address="the boss", why="to try")
    assert browser.status == 422
    assert "Write a mobile number, like 07700 900123." in browser.text
    assert "An e-mail address looks like name@example.org." in browser.text


def test_the_night_line_stays_true(browser, sam):
    assert "No one reads this at night." in browser.get("/feedback/new/my-child").text
