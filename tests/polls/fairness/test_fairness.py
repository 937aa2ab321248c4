"""The life of a question between rules: looked at, kept open for longer, taken back, made clearer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlmodel import select

from pyramid_app.area import calendar_service
from pyramid_app.area import service as area_service
from pyramid_app.area.calendar_rules import DayKind
from pyramid_app.ballots import keys as key_files
from pyramid_app.ballots.models import Envelope
from pyramid_app.ballots.queries import get_ballot
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, Refused
from pyramid_app.base.ledger.models import JobRun
from pyramid_app.kit.texts import LONDON
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.asking.drafts import content_of
from pyramid_app.polls.asking.rules import usual_close
from pyramid_app.polls.fairness import queries, service
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.rules import State, state_of
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import CAME, a_draft, a_poll, boxes, chosen
from tests.polls.conftest import TEAM
from tests.support.lives import live

pytestmark = pytest.mark.usefixtures("area")
HERE = "http://localhost"


@pytest.fixture
def reps(act):
    with act(TEAM) as work:
        return [a_member(work, f"rep{n}@example.org", "group", name=f"Rep{n}") for n in range(3)]


def schedule(act, poll, because=""):
    with act(TEAM) as work:
        now = work.session.get_one(Poll, poll.id)
        return asking.schedule(work, poll.id, now.version, None, usual_close(work.now, 14), because)


def why_not(act, poll):
    with pytest.raises(Invalid) as refused:
        schedule(act, poll)
    return set(refused.value.fields)


def test_two_representatives_look_first_and_what_they_say_stays(act, keys, reps, browser, new_browser, post, clock):
    with act(TEAM) as work:
        a_key(work, keys)
        poll, sam = a_draft(work), an_officer(work)
    assert why_not(act, poll) == {"looks"}
    browser.sign_in(sam, staff=True).get(f"/desk/polls/{poll.ref}/schedule").follow(
        "Is it fair to ask? Representatives and formats"
    ).press("Ask two representatives")
    assert "They have been asked." in browser.text
    assert why_not(act, poll) == {"looks"}
    post.deliver()
    asked = [rep for rep in reps if any(letter.address.startswith(rep.name.lower()) for letter in post.letters)]
    assert len(asked) == 2
    link = post.link_to(f"{asked[0].name.lower()}@example.org", "polls")
    first = new_browser().sign_in(asked[0]).get(link)
    assert "How is the bus in the morning?" in first.text
    first.press("Send this", fair="no")
    assert (first.status, "Say why it is not fair." in first.text) == (422, True)
    first.press("Send this", fair="no", because="It leaves out those who walk.")
    assert "Thank you." in first.text
    new_browser().sign_in(asked[1]).get(link).press("Send this", fair="yes")
    (third,) = [rep for rep in reps if rep not in asked]
    assert new_browser().sign_in(third).get(link).status == 404
    schedule(act, poll)
    family = new_browser().get(f"/polls/{poll.ref}")
    assert "One found it not fair, because: It leaves out those who walk." in family.text
    assert "One found it fair." in family.text
    with pytest.raises(NotAllowed), act(acting_as(asked[0])) as work:
        service.mark(work, poll.id, True, "")


def test_silence_holds_nothing_up_and_new_words_are_looked_at_anew(act, keys, reps, clock):
    with act(TEAM) as work:
        a_key(work, keys)
        poll = a_draft(work)
        assert service.ask_to_look(work, poll.id, HERE) == 2
    with pytest.raises(Conflict), act(TEAM) as work:
        service.ask_to_look(work, poll.id, HERE)
    with act(TEAM) as work:
        content = content_of(paper_of(work.session, work.session.get_one(Poll, poll.id)))
        poll = asking.change(work, poll.id, poll.version, content)
        assert len(queries.looks_of(work.session, poll)) == 2
    clock.shift(timedelta(days=3))
    with act(TEAM) as work:
        other = replace(content, why="Because we must.")
        changed = asking.change(work, poll.id, poll.version, other)
    assert why_not(act, changed) == {"looks"}
    with act(TEAM) as work:
        service.ask_to_look(work, poll.id, HERE)
    clock.shift(timedelta(days=3))
    assert schedule(act, changed).scheduled_at


def test_one_question_in_thirty_days(act, keys):
    with act(TEAM) as work:
        area_service.change_settings(work, {"invitation_gap_days": 30}, "for tests")
        a_poll(work, keys, title="First")
        second, young = a_draft(work, title="Second"), a_draft(work, title="Young")
        work.session.get_one(Poll, young.id).for_young_people = True
        a_key(work, keys)
    assert why_not(act, second) == {"opens_on"}
    assert schedule(act, young).scheduled_at


def test_the_calendar_refuses_with_a_reason(act, keys):
    with act(TEAM) as work:
        a_key(work, keys)
        poll = a_draft(work)
        calendar_service.add_period(work, DayKind.PRE_ELECTION, "Before the vote", date(2027, 3, 10), date(2027, 4, 1))
    assert why_not(act, poll) == {"closes_on"}


def test_a_time_wholly_in_the_holidays_is_refused(act, keys):
    with act(TEAM) as work:
        a_key(work, keys)
        poll = a_draft(work)
        calendar_service.add_period(work, DayKind.TERM, "Spring", date(2027, 1, 4), date(2027, 2, 26))
        calendar_service.add_period(work, DayKind.TERM, "Summer", date(2027, 4, 5), date(2027, 7, 20))
    assert why_not(act, poll) == {"closes_on"}


def test_what_was_promised_is_there_or_says_why_not(act, keys, browser):
    with act(TEAM) as work:
        area_service.change_settings(work, {"formats_promised": ["Easy Read"]}, "for tests")
        a_key(work, keys)
        poll, sam = a_draft(work), an_officer(work)
    assert why_not(act, poll) == {"formats"}
    page = browser.sign_in(sam, staff=True).get(f"/desk/polls/{poll.ref}/fairness")
    page.press("Save Easy Read", address="ftp://x")
    assert (page.status, "Write the whole address" in page.text) == (422, True)
    page.press("Save Easy Read", because="The printer is ill.", address="")
    schedule(act, poll)
    assert "not there, because: The printer is ill." in page.get(f"/polls/{poll.ref}").text


def test_a_format_that_comes_late_moves_the_close_and_all_are_told(act, keys, run_jobs, post, clock, database):
    with act(TEAM) as work:
        area_service.change_settings(work, {"formats_promised": ["Audio"]}, "for tests")
        a_key(work, keys)
        poll = a_draft(work)
        service.waive_format(work, poll.id, "Audio", "It comes next week.")
        a_member(work)
    poll = schedule(act, poll)
    run_jobs("invite")
    clock.move_to(poll.closes_at - timedelta(days=2))
    with act(TEAM) as work:
        service.format_ready(work, poll.id, "Audio", "https://example.org/audio")
    with database.reading() as session:
        assert session.get_one(Poll, poll.id).closes_at - poll.closes_at == timedelta(days=5)
    assert run_jobs("tell moves") == 1
    assert run_jobs("tell moves") == 0


def test_kept_open_for_longer(act, keys, browser, new_browser, run_jobs, post, clock, database):
    with act(TEAM) as work:
        poll, sam, amina = a_poll(work, keys), an_officer(work), a_member(work)
        raw = chosen(work, poll, 0)
    run_jobs("invite")
    officer = browser.sign_in(sam, staff=True).get(f"/polls/{poll.ref}").follow("Keep it open for longer")
    day = {"closes_on-day": 28, "closes_on-month": 3, "closes_on-year": 2027}
    officer.press("Keep it open, and tell everyone", **{**day, "closes_on-day": 14}, because="Too early.")
    assert (officer.status, "It can only be moved to a later time." in officer.text) == (422, True)
    officer.press("Keep it open, and tell everyone", **day, because="The letters were late.")
    assert "Why: The letters were late." in officer.text
    assert run_jobs("tell moves") == 1
    post.deliver()
    assert "You now have until Sunday 28 March 2027, 10 pm." in post.last_to("amina@example.org").words.text
    clock.move_to(poll.closes_at + timedelta(days=1))
    with act(acting_as(amina)) as work:
        answering.answer_signed_in(work, poll.id, raw, CAME)
    assert run_jobs("count") == 0
    clock.move_to(datetime(2027, 3, 28, 22, tzinfo=LONDON))
    assert run_jobs("count") == 1
    with pytest.raises(NotAllowed), act(TEAM) as work:
        service.extend(work, poll.id, work.now + timedelta(days=1), "Again.", date(2027, 6, 1))


def test_taken_back_no_answer_is_ever_opened(act, keys, browser, new_browser, run_jobs, post, clock, database):
    with act(TEAM) as work:
        poll, sam, amina = a_poll(work, keys), an_officer(work), a_member(work)
        raw = chosen(work, poll, 0)
    run_jobs("invite")
    with act(acting_as(amina)) as work:
        answering.answer_signed_in(work, poll.id, raw, CAME)
    officer = browser.sign_in(sam, staff=True).get(f"/desk/polls/{poll.ref}/withdraw")
    officer.press("Take it back, and tell everyone", because="The board has decided already.")
    assert "Why: The board has decided already." in officer.text
    with database.reading() as session:
        assert session.exec(select(Envelope)).all() == []
    assert run_jobs("tell moves") == 1
    post.deliver()
    assert "We have taken the question back." in post.last_to("amina@example.org").words.text
    late = new_browser().sign_in(amina)
    late.post(f"/polls/{poll.ref}/cast", boxes(raw))
    assert (late.status, "We took this question back." in late.text) == (409, True)
    assert late.get("/polls").status == 200
    clock.move_to(poll.closes_at + timedelta(days=1))
    assert run_jobs("count") == 0
    run_jobs("make spare keys")
    with database.reading() as session:
        assert get_ballot(session, poll.ballot_id).key_name not in key_files.list_names(keys)


def test_what_happens_next_is_made_clearer_never_later(act, keys):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
        service.sharpen(work, poll.id, "The board meets and we write to you.", date(2027, 4, 20))
        with pytest.raises(Invalid):
            service.sharpen(work, poll.id, "Later.", date(2027, 6, 1))
    with act(TEAM) as work:
        assert asking.digest_of(paper_of(work.session, work.session.get_one(Poll, poll.id)))


def test_when_nobody_could_answer_in_the_last_hours_everybody_gets_a_day(act, keys, run_jobs, clock, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
        beat = poll.closes_at - timedelta(hours=20)
        while beat < poll.closes_at - timedelta(minutes=40):
            work.session.add(JobRun(job="count", slot=beat))
            beat += timedelta(minutes=1)
    clock.move_to(poll.closes_at + timedelta(minutes=5))
    assert run_jobs("count") == 0
    with database.reading() as session:
        moved = session.get_one(Poll, poll.id)
        assert moved.closes_at == poll.closes_at + timedelta(days=1)
        assert state_of(moved, poll.closes_at + timedelta(minutes=5)) is State.OPEN
        assert len(queries.extensions_of(session, moved)) == 1


class Life(RuleBasedStateMachine):
    """Any order: a close never comes earlier, no vote is lost, what is taken back is never counted."""

    act = keys = clock = run = None

    @initialize()
    def begin(self):
        self.clock.move_to(datetime(2027, 3, 1, 10, tzinfo=UTC))
        with self.act(TEAM) as work:
            self.poll = a_poll(work, self.keys)
            self.people = [a_member(work, f"m{self.poll.ref}{n}@example.org") for n in range(3)]
            self.raw = chosen(work, self.poll, 0)
        self.closes, self.voted = self.poll.closes_at, set()

    def now(self):
        with self.act(TEAM) as work:
            return work.session.get_one(Poll, self.poll.id), work.now

    @rule(hours=st.integers(1, 150))
    def time_goes_on(self, hours):
        self.clock.shift(timedelta(hours=hours))

    @rule(which=st.integers(0, 2))
    def vote(self, which):
        poll, now = self.now()
        try:
            with self.act(acting_as(self.people[which])) as work:
                answering.answer_signed_in(work, self.poll.id, self.raw, CAME)
        except NotAllowed:
            assert state_of(poll, now) is not State.OPEN
        else:
            assert state_of(poll, now) is State.OPEN
            self.voted.add(which)

    @rule(days=st.integers(-3, 5))
    def extend(self, days):
        try:
            with self.act(TEAM) as work:
                service.extend(work, self.poll.id, self.closes + timedelta(days=days), "Why.", date(2027, 12, 1))
        except Refused:
            return
        assert days > 0
        self.closes += timedelta(days=days)

    @rule()
    def count(self):
        self.run("count")

    @precondition(lambda self: len(self.voted) == 3)
    @rule()
    def withdraw(self):
        try:
            with self.act(TEAM) as work:
                service.withdraw(work, self.poll.id, "Why.")
        except Refused:
            return
        self.voted = set()

    @invariant()
    def laws_hold(self):
        if not hasattr(self, "poll"):
            return
        poll, _ = self.now()
        assert poll.closes_at == self.closes >= poll.promised_close_at
        with self.act(TEAM) as work:
            kept = work.session.exec(select(Envelope).where(Envelope.ballot_id == poll.ballot_id)).all()
        if poll.withdrawn_at:
            assert poll.counted_at is None
        assert len(kept) == (0 if poll.counted_at or poll.withdrawn_at else len(self.voted))


@pytest.mark.lives
def test_a_life_in_any_order(act, keys, clock, run_jobs, engine_url):
    bound = type(
        "Bound", (Life,), {"act": staticmethod(act), "keys": keys, "clock": clock, "run": staticmethod(run_jobs)}
    )
    live(bound, engine_url, lives=10, steps=15)
