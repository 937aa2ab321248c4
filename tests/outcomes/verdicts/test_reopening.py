"""Enough "no" starts a topic again, once for each answer; everybody who spoke and the representatives are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import col, select, update

from pyramid_app.accounts.models import RoleGrant
from pyramid_app.base.actor import Role, system
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, Refused
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import Begin, working
from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.feedback.models import VoiceText
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.outcomes.verdicts import jobs, queries, reopening
from pyramid_app.outcomes.verdicts.rules import Helped
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State
from tests.builders import a_member, acting_as, an_officer, the_area
from tests.outcomes.verdicts.builders import BUS, DONE, all_say, families, publish, reopenings, says, verdicts

NO, YES, SOMETIMES, UNUSED = Helped.NO, Helped.YES, Helped.SOMETIMES, Helped.UNUSED
ASK, AGAIN, TELL = "ask whether it helped", "start topics again", "tell who starts again"


@pytest.fixture
def people(act, team, topic):
    return families(act, team, topic.id, 6)


@pytest.fixture
def outcome(act, team, topic, people, clock, run_jobs):
    """Done on Monday 1 March 2027, asked about on Monday 24 May, 10 am."""
    return ask_again(act, team, topic, clock, run_jobs)


def ask_again(act, team, topic, clock, run_jobs):
    outcome = publish(act, team, topic.id)
    clock.shift(timedelta(weeks=12))
    assert run_jobs(ASK) == 6
    return outcome


def now_of(database, topic):
    with database.reading() as session:
        return topics.get_topic_by_id(session, topic.id)


@pytest.mark.parametrize(
    ("answers", "again"),
    [
        ((NO, NO, NO, NO), False),
        ((NO, NO, NO, NO, UNUSED), False),
        ((NO, NO, YES, YES, SOMETIMES), False),
        ((NO, NO, NO, YES, YES), True),
        ((NO, SOMETIMES, SOMETIMES, SOMETIMES, SOMETIMES), True),
    ],
)
def test_five_families_and_more_no_than_yes(act, outcome, people, topic, run_jobs, database, answers, again):
    all_say(act, outcome.id, people, *answers)
    assert [run_jobs(AGAIN) for _ in range(2)] == [int(again), 0]
    assert (now_of(database, topic).state is State.WORKING) is again
    assert len(reopenings(database)) == int(again)


def test_what_a_topic_has_that_starts_again(act, outcome, people, topic, run_jobs, database, sam):
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    run_jobs(AGAIN)
    now = now_of(database, topic)
    assert (now.state, now.owner_id, now.word_owed) == (State.WORKING, sam.id, False)
    assert now.next_word_on == date(2027, 6, 8), "ten working days, with a bank holiday"
    (one,) = reopenings(database)
    assert (one.topic_id, one.outcome_id, one.by_id, one.because) == (topic.id, outcome.id, None, "")
    with database.reading() as session:
        assert [found.topic.id for found in queries.reopenings(session)] == [topic.id]


def test_everyone_who_spoke_is_told_once_and_so_are_the_representatives(
    act, outcome, people, run_jobs, post, clock, topic
):
    with act() as work:
        a_member(work, "rosa@example.org", "group", name="Rosa")
        a_member(work, "other@example.org", "consultative")
    all_say(act, outcome.id, people, NO, NO, NO, NO, YES)
    run_jobs(AGAIN)
    assert [run_jobs(TELL) for _ in range(2)] == [7, 0]
    post.deliver()
    told = [one for one in post.letters if one.words.subject == "We start again: School buses"]
    assert sorted(one.address for one in told) == [f"family{n}@example.org" for n in range(6)]
    said_no, said_yes = (post.last_to(f"family{n}@example.org").words.text for n in (0, 4))
    for text in (said_no, said_yes):
        assert text.startswith(f"You said: “{BUS}”")
        assert "You will hear from us again by Tuesday 8 June 2027" in text
    assert "You told us it did not help." in said_no
    assert "You told us" not in said_yes
    (rosa,) = [one for one in post.to("rosa@example.org") if "For your next meeting" in one.words.subject]
    assert "More families told us no than yes." in rosa.words.text
    assert DONE.you_said in rosa.words.text


def test_a_second_done_is_a_new_round_and_can_start_again_too(
    act, team, outcome, people, topic, clock, run_jobs, database
):
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    run_jobs(AGAIN)
    second = ask_again(act, team, topic, clock, run_jobs)
    assert run_jobs(AGAIN) == 0, "what was said about the first one is about the first one"
    all_say(act, second.id, people, NO, NO, NO, YES, NO)
    assert run_jobs(AGAIN) == 1
    assert {one.outcome_id for one in reopenings(database)} == {outcome.id, second.id}
    assert len(verdicts(database)) == 12


def test_an_answer_that_is_no_longer_what_we_say_starts_nothing(act, team, outcome, people, topic, run_jobs, database):
    publish(act, team, topic.id, Draft(Answer.WORKING, "a", "We mend it.", "c", next_word_on=date(2027, 7, 1)))
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    assert run_jobs(AGAIN) == 0


def end_role(act, person):
    with act() as work:
        work.session.exec(update(RoleGrant).where(col(RoleGrant.person_id) == person.id).values(until_at=work.now))


def test_there_is_always_an_owner(act, outcome, people, topic, run_jobs, database, sam):
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    end_role(act, sam)
    assert run_jobs(AGAIN) == 0, "with nobody there, nobody begins"
    with act() as work:
        an_officer(work, "Ann", "ann@council.example.org")
        lea = an_officer(work, "Lea", "lea@council.example.org", lead=True)
    assert run_jobs(AGAIN) == 1
    assert now_of(database, topic).owner_id == lea.id


def test_a_finished_topic_can_be_started_again_by_hand(
    act, team, people, topic, browser, sam, run_jobs, post, database
):
    publish(act, team, topic.id, Draft(Answer.CANT, "a", "", "c", reason="Money.", instead="A text."))
    browser.sign_in(sam, staff=True).get(f"/topics/{topic.ref}").follow("Start again on this topic")
    browser.press("Start again and tell everyone who spoke", because="There is money now.")
    assert browser.status == 422
    assert "Say who looks after it. Without somebody it does not start." in browser.text
    assert "There is money now." in browser.html
    browser.press("Start again and tell everyone who spoke", owner=str(sam.id), because="")
    assert "Say why. Everybody who spoke will read it." in browser.text
    browser.press("Start again and tell everyone who spoke", owner=str(sam.id), because="There is money now.")
    assert browser.path == f"/topics/{topic.ref}"
    assert "On Monday 1 March 2027 we started again. There is money now." in browser.text
    assert run_jobs(TELL) == 6
    post.deliver()
    text = post.last_to("family0@example.org").words.text
    assert "Why: There is money now." in text
    assert "did not help" not in text


def test_what_stops_an_officer(act, team, people, topic, amina, sam):
    with pytest.raises(Conflict), act(team) as work:
        reopening.reopen(work, topic.id, "Why not.", sam.id)
    publish(act, team, topic.id)
    for owner in (None, amina.id):
        with pytest.raises(Invalid) as refused, act(team) as work:
            reopening.reopen(work, topic.id, "Why not.", owner)
        assert set(refused.value.fields) == {"owner"}
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        reopening.reopen(work, topic.id, "I say so.", sam.id)
    with act(team) as work:
        reopening.reopen(work, topic.id, "Why not.", sam.id)
    with pytest.raises(Refused), act(team) as work:
        reopening.reopen(work, topic.id, "Again.", sam.id)


def test_by_hand_and_by_itself_are_one(act, team, outcome, people, topic, sam, run_jobs, database):
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    with act(team) as work:
        reopening.reopen(work, topic.id, "We heard you.", sam.id)
    assert run_jobs(AGAIN) == 0
    assert len(reopenings(database)) == 1


def test_a_representative_says_that_they_have_talked_about_it(act, outcome, people, topic, run_jobs, new_browser):
    with act() as work:
        rosa = a_member(work, "rosa@example.org", "group", name="Rosa")
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    run_jobs(AGAIN)
    path, button = f"/topics/{topic.ref}", "We, the representatives, have talked about it"
    family = new_browser().sign_in(people[0]).get(path)
    assert "It is before the representatives." in family.text
    assert button not in family.text
    assert family.post(f"{path}/reopened/seen", {}).status == 403
    rep = new_browser().sign_in(rosa).get(path).press(button)
    assert "The representatives have talked about it, on Monday 24 May 2027." in rep.text
    assert button not in rep.text


def test_a_late_verdict_still_counts_and_says_what_comes_next(act, outcome, people, topic, run_jobs, post, browser):
    post.deliver()
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    run_jobs(AGAIN)
    browser.get(post.link_to("family5@example.org", "v")).press("Sometimes")
    assert "We work on this again. You hear from us by Tuesday 8 June 2027." in browser.text


@pytest.fixture
def town(real_database, clock):
    """Five families who say no about one thing, in a database of its own."""

    def act(who=system("tests")):  # noqa: B008
        return working(real_database, who)

    with act() as work:
        the_area(work)
        charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
        team = acting_as(an_officer(work), Role.OFFICER)
    with act(team) as work:
        topic = topics_service.start(work, "School buses", commitments=[9], next_word_on=date(2027, 4, 12))
    people = families(act, team, topic.id, 5)
    outcome = publish(act, team, topic.id)
    clock.shift(timedelta(weeks=12))
    return act, outcome, people


def at_once(times, do):
    def one(_number):
        try:
            return do()
        except Exception as failed:
            return failed

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_two_schedulers_at_once_ask_and_start_again_once(real_database, town):
    act, outcome, people = town
    begin = Begin(real_database, "verdicts")
    assert sum(at_once(4, lambda: jobs.ask(begin))) == 5
    all_say(act, outcome.id, people, NO, NO, NO, NO, NO)
    assert sorted(at_once(4, lambda: jobs.start_again(begin))) == [0, 0, 0, 1]
    assert sum(at_once(4, lambda: jobs.tell_reopened(begin, "http://localhost"))) == 5
    assert len(reopenings(real_database)) == 1
    with real_database.reading() as session:
        keys = session.exec(select(Letter.key).where(col(Letter.kind).in_(["verdict", "reopened"]))).all()
    assert len(keys) == len(set(keys)) == 10


def test_two_presses_at_once_are_one_verdict_and_one_voice(real_database, town):
    act, outcome, people = town
    jobs.ask(Begin(real_database, "verdicts"))
    done = at_once(6, lambda: says(act, outcome.id, people[0], NO, line="It came at nine."))
    assert done == [None] * 6
    assert [one.answer for one in verdicts(real_database)].count(NO) == 1
    with real_database.reading() as session:
        assert len(session.exec(select(VoiceText).where(VoiceText.text == "It came at nine.")).all()) == 1
