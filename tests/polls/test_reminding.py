"""One reminder two days before the close: to who has not answered, by her own channel, once, listed nowhere."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.base import work as base_work
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.ledger.models import JobRun
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import Begin
from pyramid_app.participation import service as participation
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.inviting import jobs
from pyramid_app.polls.inviting.rules import reminder_is_due
from pyramid_app.polls.models import Poll
from tests.builders import a_member, acting_as
from tests.polls.builders import CAME, a_poll, a_topic, chosen
from tests.polls.conftest import TEAM
from tests.support.databases import unguarded

pytestmark = pytest.mark.usefixtures("area")

OPENS = datetime(2027, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def times(days=14.0, *, invited=True, reminded=False):
    return SimpleNamespace(
        opens_at=OPENS, closes_at=OPENS + days * DAY, invited_at=OPENS if invited else None,
        reminded_at=OPENS if reminded else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("poll", "days", "due"),
    [
        (times(), 11.99, False), (times(), 12, True), (times(), 13.9, True), (times(invited=False), 13, False),
        (times(reminded=True), 13, False), (times(3), 1, True), (times(2.99), 2.5, False),
    ],
)  # fmt: skip
def test_when_it_is_due(poll, days, due):
    assert reminder_is_due(poll, OPENS + days * DAY) is due


@pytest.fixture
def families(act, area):
    with act(TEAM) as work:
        return [a_member(work, f"parent{n}@example.org", name=f"P{n}") for n in range(5)]


@pytest.fixture
def poll(act, keys, families, run_jobs):
    """Open until Sunday 21 March 2027, 10 pm; everybody is invited."""
    with act(TEAM) as work:
        one = a_poll(work, keys)
    run_jobs("invite")
    return one


def answer(act, poll, person):
    with act(acting_as(person)) as work:
        answering.answer_signed_in(work, poll.id, chosen(work, poll, 0), CAME)


def two_days_before(clock, poll):
    clock.move_to(poll.closes_at - 2 * DAY)


def reminded(database):
    with database.reading() as session:
        found = session.exec(select(Letter).where(Letter.kind == "poll reminder"))
        return sorted((letter.person_id for letter in found), key=str)


def ids(people):
    return sorted((person.id for person in people), key=str)


def test_only_who_has_not_answered_is_reminded_and_once(act, families, poll, run_jobs, database, clock, post):
    post.deliver()
    answer(act, poll, families[0])
    two_days_before(clock, poll)
    clock.shift(-timedelta(seconds=1))
    assert run_jobs("remind") == 0
    clock.shift(timedelta(seconds=1))
    assert run_jobs("remind") == 1
    assert run_jobs("remind") == 0
    assert reminded(database) == ids(families[1:])
    clock.shift(DAY)
    assert run_jobs("remind") == 0
    assert post.deliver() == 4
    assert post.to("parent0@example.org")[-1].words.subject == "One question for you"


def test_its_words_and_its_link(act, poll, run_jobs, clock, post, browser):
    two_days_before(clock, poll)
    run_jobs("remind")
    post.deliver()
    words = post.last_to("parent1@example.org").words
    assert words.subject == "There is still time"
    assert "You have until Sunday 21 March 2027, 10 pm." in words.text
    assert "One question for you: School buses" in words.text
    assert "[[link]]" not in words.text + words.one_line
    assert "SEND" not in words.subject + words.one_line
    browser.get(post.link_to("parent1@example.org", "p"))
    assert browser.status == 200
    assert "School buses" in browser.text


def test_the_link_of_the_longest_title_is_whole(act, keys, families, run_jobs, clock, post):
    with act(TEAM) as work:
        long = a_poll(work, keys, topic=a_topic(work), title="x" * 120)
    run_jobs("invite")
    two_days_before(clock, long)
    run_jobs("remind")
    post.deliver()
    assert "/p/" in post.last_to("parent1@example.org").words.one_line


def test_it_goes_by_the_channel_of_the_invitation(act, keys, run_jobs, clock, post, area):
    with act(TEAM) as work:
        a_member(work, "+447700900123")
        poll = a_poll(work, keys)
    run_jobs("invite")
    post.deliver()
    two_days_before(clock, poll)
    run_jobs("remind")
    post.deliver()
    assert [(one.channel, one.address) for one in post.letters] == [("mobile", "+447700900123")] * 2
    assert "You have until" in post.letters[-1].words.one_line


@pytest.mark.parametrize("what", ["answered", "left", "no questions"])
def test_it_is_not_sent_when_it_makes_no_sense_any_more(act, families, poll, run_jobs, clock, post, database, what):
    post.deliver()
    two_days_before(clock, poll)
    run_jobs("remind")
    if what == "answered":
        answer(act, poll, families[3])
    with act(TEAM) as work:
        if what == "left":
            participation.leave(work, families[3].id)
        elif what == "no questions":
            accounts.wish(work, families[3].id, questions=False, answers=True)
    assert len(reminded(database)) == 5
    assert post.deliver() == 4
    assert len(post.to("parent3@example.org")) == 1


def test_who_joined_later_or_wants_no_questions_is_not_reminded(act, families, poll, run_jobs, clock, database):
    with act(TEAM) as work:
        a_member(work, "late@example.org")
        accounts.wish(work, families[1].id, questions=False, answers=True)
        participation.leave(work, families[2].id)
    two_days_before(clock, poll)
    run_jobs("remind")
    assert reminded(database) == ids([families[0], *families[3:]])


@pytest.mark.parametrize("what", ["not invited", "short", "withdrawn", "closed"])
def test_polls_that_get_none(act, keys, families, run_jobs, clock, database, what):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    if what != "not invited":
        run_jobs("invite")
    with act(TEAM) as work:
        stored = work.session.get_one(Poll, poll.id)
        if what == "short":
            with unguarded(work.session, "poll"):
                stored.opens_at = stored.closes_at - 3 * DAY + timedelta(minutes=1)
        elif what == "withdrawn":
            stored.withdrawn_at = work.now
    clock.move_to(poll.closes_at - (timedelta(0) if what == "closed" else DAY))
    assert run_jobs("remind") == 0
    assert reminded(database) == []


def test_a_later_close_brings_no_second_one(act, families, poll, run_jobs, clock, database):
    two_days_before(clock, poll)
    run_jobs("remind")
    with act(TEAM) as work:
        stored = work.session.get_one(Poll, poll.id)
        stored.closes_at += 7 * DAY
    clock.shift(7 * DAY)
    assert run_jobs("remind") == 0
    assert len(reminded(database)) == 5


def test_killed_among_the_batches_nobody_is_missed_or_reminded_twice(
    act, families, poll, clock, database, post, monkeypatch
):
    post.deliver()
    two_days_before(clock, poll)
    monkeypatch.setattr(base_work, "BATCH", 2)
    begin, turns, whole = Begin(database, "polls"), iter(range(9)), jobs._remind

    def killed(*args):
        if next(turns) == 1:
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(jobs, "_remind", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.remind(begin)
    assert len(reminded(database)) == 2
    assert post.deliver() == 2
    unlucky = next(person for person in families if person.id not in reminded(database))
    answer(act, poll, unlucky)
    jobs.remind(begin)
    assert reminded(database) == ids(person for person in families if person is not unlucky)
    with database.reading() as session:
        assert session.get_one(Poll, poll.id).reminded_at


def test_no_log_line_and_no_ledger_says_who_or_how_many(act, families, poll, run_jobs, clock, database, capsys):
    answer(act, poll, families[0])
    two_days_before(clock, poll)
    capsys.readouterr()
    with database.reading() as session:
        before = len(session.exec(select(AuditEntry)).all())
    run_jobs("remind")
    said = "".join(capsys.readouterr())
    assert not any(str(person.id) in said or "example.org" in said for person in families)
    with database.reading() as session:
        written = session.exec(select(AuditEntry)).all()[before:]
        assert not any(str(person.id) in json.dumps(row.model_dump(), default=str)
                       for row in written for person in families)  # fmt: skip
        assert sum(run.done for run in session.exec(select(JobRun).where(JobRun.job == "remind"))) == 1
