"""A notice reaches everybody it is for once, can be taken back, and stands under both caps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.filing import service as filing
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.texts import LONDON
from pyramid_app.notices import jobs, queries, service
from pyramid_app.notices.models import Notice
from pyramid_app.notices.rules import Content
from pyramid_app.topics import service as topics
from tests.builders import a_member, acting_as, an_officer

SURVEY = Content(
    "Tell the inspectors what you think",
    "Inspectors visit this week. They want to hear from families.",
    "https://example.org/survey",
    date(2027, 3, 12),
    "parliament",
)
SUBJECT = SURVEY.title


def publish(act, team, content=SURVEY):
    with act(team) as work:
        return service.publish(work, service.write(work, content).id)


def speaks(act, team, person, topic, words="The bus is late."):
    with act() as work:
        voice = feedback.receive(
            work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text=words, person_id=person.id
        )
        work.actor = team
        filing.file_voice(work, voice.id, topic.id, cleared=words)


@pytest.fixture
def out(run_jobs, post, clock):
    """The minutes of undo pass, and what is due leaves; returns who has the notice."""

    def leave():
        clock.shift(timedelta(minutes=10))
        run_jobs("send notices")
        post.deliver()
        return sorted(one.address for one in post.letters if one.words.subject == SUBJECT)

    return leave


def test_everybody_on_a_level_or_above_and_all_who_hear_of_a_topic_get_one(act, team, topic, out):
    with act() as work:
        people = {
            name: a_member(work, f"{name}@example.org", level)
            for name, level in [("ground", "ground"), ("votes", "parliament"), ("reads", "consultative"),
                                ("rep", "group"), ("spoke", "ground"), ("both", "parliament"), ("deaf", "parliament")]
        }  # fmt: skip
        accounts.wish(work, people["deaf"].id, notices=False)
        topics.follow(work, topic.id, people["both"].id)
    for name in ("spoke", "both"):
        speaks(act, team, people[name], topic)
    publish(act, team, replace(SURVEY, topics=(topic.ref,)))
    expected = [f"{name}@example.org" for name in ("both", "reads", "rep", "spoke", "votes")]
    assert out() == expected
    assert out() == expected, "and none twice"


def test_the_letter_says_why_and_until_when_and_begins_with_own_words(act, team, topic, amina, out, post):
    with act() as work:
        spoke = a_member(work, "spoke@example.org", "ground", "Rosa")
    speaks(act, team, spoke, topic)
    publish(act, team, replace(SURVEY, topics=(topic.ref,)))
    out()
    hers, letter = post.last_to("spoke@example.org"), post.last_to("amina@example.org")
    assert hers.words.text.startswith("You said: “The bus is late.”")
    assert "because you hear from us about “School buses”" in hers.words.text
    assert letter.words.text.startswith("Hello.")
    assert "because you are with us: Parent Parliament." in letter.words.text
    assert "It is of use until Friday 12 March 2027." in letter.words.text
    assert "Read more here: https://example.org/survey" in letter.words.text
    assert "Sam, SEND team" in letter.words.text
    assert letter.stop


def test_nothing_leaves_before_the_minutes_are_over_and_it_can_be_taken_back(act, team, amina, run_jobs, post, clock):
    notice = publish(act, team)
    clock.shift(timedelta(minutes=9, seconds=59))
    assert run_jobs("send notices") == 0
    with act(team) as work:
        assert queries.list_out(work.session, work.now) == []
        service.take_back(work, notice.id)
    clock.shift(timedelta(hours=1))
    assert run_jobs("send notices") == 0
    with act(team) as work:
        service.write(work, replace(SURVEY, words="Better words."), notice.id)
        service.publish(work, notice.id)
    clock.shift(timedelta(minutes=10))
    assert run_jobs("send notices") == 1
    with pytest.raises(Conflict), act(team) as work:
        service.take_back(work, notice.id)
    with pytest.raises(Conflict), act(team) as work:
        service.write(work, SURVEY, notice.id)


def test_taken_back_at_the_last_moment_nobody_is_written_to(act, team, amina, database, clock):
    """The job has read the notice and its readers; the officer is a moment faster."""
    notice = publish(act, team)
    with act() as work:
        readers = queries.readers(work.session, notice.level, [], work.now)
    with act(team) as work:
        service.take_back(work, notice.id)
    with act() as work:
        assert service.tell_some(work, notice.id, readers, "http://x") == 0
        service.all_told(work, notice.id)
    with database.reading() as session:
        assert session.exec(select(Letter)).all() == []
        assert session.get_one(Notice, notice.id).told_at is None


def test_once_a_letter_is_written_a_slow_undo_comes_too_late(act, team, amina, clock):
    notice = publish(act, team)
    with act() as work:
        readers = queries.readers(work.session, notice.level, [], work.now)
        assert service.tell_some(work, notice.id, readers, "http://x") == 1
    with pytest.raises(Conflict), act(team) as work:
        service.take_back(work, notice.id)


def test_a_killed_run_goes_on_and_writes_each_once(act, team, sam, run_jobs, clock, database, monkeypatch):
    monkeypatch.setattr("pyramid_app.base.work.BATCH", 2)
    with act() as work:
        for number in range(5):
            a_member(work, f"f{number}@example.org")
    publish(act, team)
    clock.shift(timedelta(minutes=10))
    whole, calls = service.tell_some, []

    def dies(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return whole(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(service, "tell_some", dies)
        run_jobs("send notices")
    assert run_jobs("send notices") == 3
    assert run_jobs("send notices") == 0
    with database.reading() as session:
        assert len(session.exec(select(Letter)).all()) == 5


def test_a_second_notice_waits_for_the_month_or_is_only_on_the_list(act, team, amina, out, run_jobs, post, clock):
    publish(act, team)
    assert out() == ["amina@example.org"]
    publish(act, team, replace(SURVEY, title="A meeting in April", until_on=date(2027, 4, 20)))
    publish(act, team, replace(SURVEY, title="A meeting in March", until_on=date(2027, 3, 20)))
    out()
    assert len(post.letters) == 1
    clock.move_to(datetime(2027, 4, 1, 9, tzinfo=LONDON))
    run_jobs()
    post.deliver()
    (monthly,) = post.letters[1:]
    assert "1. A meeting in April" in monthly.words.text
    assert "March" not in monthly.words.text.partition("Stop")[0].replace("1 April", "")


def test_a_gap_is_said_and_only_officers_publish(act, team, amina):
    with pytest.raises(Invalid) as refused:
        publish(act, team, Content("A survey"))
    assert set(refused.value.fields) == {"words", "until_on", "level"}
    with pytest.raises(Invalid):
        publish(act, team, replace(SURVEY, topics=("no such topic",)))
    with pytest.raises(Invalid):
        publish(act, team, replace(SURVEY, level="no such level"))
    with pytest.raises(NotAllowed):
        publish(act, acting_as(amina), SURVEY)


def test_two_with_one_title_have_two_addresses(act, team):
    assert [publish(act, team, replace(SURVEY, title="New")).ref for _ in range(3)] == ["new-2", "new-3", "new-4"]


# On the desk ---------------------------------------------------------------------------------------------------------

BOXES = {
    "title": SURVEY.title,
    "words": SURVEY.words,
    "link": SURVEY.link,
    "until_on-day": "12",
    "until_on-month": "3",
    "until_on-year": "2027",
    "level": "parliament",
}


def test_an_officer_writes_looks_tries_publishes_and_takes_back(browser, act, sam, amina, out, post):
    with act() as work:
        for number in range(5):
            a_member(work, f"f{number}@example.org")
    browser.sign_in(sam, staff=True).get("/desk").follow("Notices to families").follow("Write a notice")
    browser.press("See the letter again", **BOXES)
    assert "People who get it: 6." in browser.text
    assert "You get this because you are with us: Parent Parliament." in browser.text
    browser.press("Send me this letter")
    assert "on its way to you, and to nobody else" in browser.text
    post.deliver()
    assert [one.address for one in post.letters] == ["sam@council.example.org"]
    assert browser.press("Publish it").path == "/desk/notices"
    assert "It leaves on Monday 1 March 2027, 10.10 am." in browser.text
    assert "No notices yet." in browser.get("/notices").text
    browser.get("/desk/notices").press(f"Take back: {SUBJECT}")
    assert (browser.status, browser.path) == (200, "/desk/notices/tell-the-inspectors-what-you-think")
    browser.press("Publish it", words="New words.")
    assert len(out()) == 7, "six families, and the officer's own trial"
    assert "New words." in browser.get("/notices").text
    assert browser.get("/desk/notices/tell-the-inspectors-what-you-think").status == 404, "it is written no more"


def test_bad_input_keeps_what_was_typed(browser, sam):
    browser.sign_in(sam, staff=True).get("/desk/notices/new").press("Publish it", **{**BOXES, "link": "example.org"})
    assert browser.status == 422
    assert "A link begins with https://" in browser.text
    assert SURVEY.words in browser.text
    assert "People who get it: none yet." in browser.text
    browser.press("Keep it for later", link="", level="")
    assert browser.status == 200
    assert browser.get("/desk/notices").link(SUBJECT)


def test_few_readers_are_not_counted(browser, sam, amina):
    browser.sign_in(sam, staff=True).get("/desk/notices/new").press("See the letter again", **BOXES)
    assert "People who get it: fewer than 5." in browser.text


def test_a_family_finds_no_door_to_the_desk(browser, act, team, amina):
    notice = publish(act, team)
    browser.sign_in(amina)
    for path in ("/desk/notices", "/desk/notices/new", f"/desk/notices/{notice.ref}"):
        assert browser.get(path).status == 404


def test_anyone_reads_the_list_and_sees_what_is_over(browser, act, team, out, clock):
    publish(act, team)
    publish(act, team, replace(SURVEY, title="A meeting", link="", until_on=date(2027, 4, 20)))
    out()
    browser.get("/").follow("Notices")
    assert "This is over" not in browser.text
    assert browser.link(f"Read more: {SUBJECT}") == SURVEY.link
    clock.move_to(datetime(2027, 3, 13, tzinfo=UTC))
    browser.get("/notices")
    assert browser.text.count("This is over") == 1
    assert "It was of use until Friday 12 March 2027." in browser.text


def test_the_calendar_shows_its_last_day(browser, act, sam, team, out):
    publish(act, team)
    out()
    browser.sign_in(sam, staff=True).get("/desk/calendar")
    assert f"{SUBJECT} · Notice: of use until this day Friday 12 March 2027" in browser.text


def test_a_lead_alone_is_an_officer_too(act, team):
    with act() as work:
        lead = an_officer(work, "Lea", "lea@council.example.org", lead=True)
    assert publish(act, acting_as(lead, Role.LEAD)).by_id == lead.id
    assert jobs.jobs(None, "")[0].name == "send notices"
