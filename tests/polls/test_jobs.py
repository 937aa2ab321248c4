"""Inviting, counting, telling: everybody once, nothing before its time, the same after being killed."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.ballots import counting as box
from pyramid_app.ballots import keys as key_files
from pyramid_app.ballots import queries as ballots
from pyramid_app.ballots import service as box_service
from pyramid_app.ballots.models import Envelope
from pyramid_app.base import work as base_work
from pyramid_app.base.errors import Refused
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import Begin
from pyramid_app.kit.disclosure import show
from pyramid_app.participation import service as participation
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.inviting import jobs
from pyramid_app.polls.models import Poll, Question
from pyramid_app.polls.results import counting
from pyramid_app.polls.results import queries as results
from pyramid_app.polls.results.jobs import count_closed
from pyramid_app.polls.results.models import PollResult
from tests.builders import a_member, acting_as
from tests.polls.builders import BUS, CAME, a_poll, chosen
from tests.polls.conftest import TEAM
from tests.support.databases import unguarded

pytestmark = pytest.mark.usefixtures("area")


def members(act, number):
    with act(TEAM) as work:
        return [a_member(work, f"parent{n}@example.org", name=f"P{n}") for n in range(number)]


def answer(act, poll, person, *picks):
    with act(acting_as(person)) as work:
        return answering.answer_signed_in(work, poll.id, chosen(work, poll, *picks), CAME)


def close(clock, poll):
    clock.move_to(poll.closes_at + timedelta(minutes=1))


def letters(database, kind):
    with database.reading() as session:
        return [letter for letter in session.exec(select(Letter)) if letter.kind == kind]


def test_everybody_who_votes_is_invited_once(act, keys, run_jobs, database, post):
    amina, bea = members(act, 2)
    with act(TEAM) as work:
        a_member(work, "ground@example.org", level="ground")
        accounts.wish(work, bea.id, questions=False, answers=True)
        poll = a_poll(work, keys)
    assert run_jobs("invite") == 1
    assert run_jobs("invite") == 0
    assert [letter.person_id for letter in letters(database, "poll invitation")] == [amina.id]
    with database.reading() as session:
        assert session.get_one(Poll, poll.id).invited_at is not None
        assert show(ballots.count_roll(session, poll.ballot_id or b"")).number is None
        assert ballots.find_entry(session, poll.ballot_id or b"", bea.id)
    post.deliver()
    words = post.last_to("parent0@example.org").words
    assert words.subject == "One question for you"
    assert "School buses" in words.text
    assert "Sunday 21 March 2027, 10 pm" in words.text
    assert "Friday 30 April 2027" in words.text
    assert "[[link]]" not in words.text
    assert post.link_to("parent0@example.org", "p")


def test_nobody_is_invited_before_it_opens_or_after_it_closed(act, keys, run_jobs, clock):
    members(act, 1)
    with act(TEAM) as work:
        poll = a_poll(work, keys, opens_at=work.now + timedelta(days=1))
    assert run_jobs("invite") == 0
    clock.move_to(poll.opens_at)
    assert run_jobs("invite") == 1
    with act(TEAM) as work:
        other = a_poll(work, keys, title="Another")
    close(clock, other)
    assert run_jobs("invite") == 0


def test_killed_among_the_batches_nobody_is_left_out_or_asked_twice(act, keys, database, monkeypatch):
    members(act, 5)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    monkeypatch.setattr(base_work, "BATCH", 2)
    begin, times = Begin(database, "polls"), iter(range(9))
    whole = jobs._invite

    def killed(*args):
        if next(times) == 1:
            raise KeyboardInterrupt
        return whole(*args)

    monkeypatch.setattr(jobs, "_invite", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.invite(begin, CAME.secret)
    jobs.invite(begin, CAME.secret)
    assert len({letter.person_id for letter in letters(database, "poll invitation")}) == 5
    assert len(letters(database, "poll invitation")) == 5
    with database.reading() as session:
        assert session.get_one(Poll, poll.id).invited_at


def test_who_has_answered_is_not_asked(act, keys, run_jobs, database):
    amina, bea = members(act, 2)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    answer(act, poll, amina, 0)
    run_jobs("invite")
    assert [letter.person_id for letter in letters(database, "poll invitation")] == [bea.id]


@pytest.mark.parametrize("what", ["left", "no questions", "closed", "no address"])
def test_an_invitation_that_makes_no_sense_any_more_is_not_sent(act, keys, run_jobs, post, clock, what):
    (amina,) = members(act, 1)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    run_jobs("invite")
    with act(TEAM) as work:
        if what == "left":
            participation.leave(work, amina.id)
        elif what == "no questions":
            accounts.wish(work, amina.id, questions=False, answers=True)
        elif what == "no address":
            accounts.end_contact_points(work, amina.id)
    if what == "closed":
        close(clock, poll)
    assert post.deliver() == 0


def test_the_result_is_counted_and_told(act, keys, run_jobs, database, clock, post):
    people = members(act, 12)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
        accounts.wish(work, people[1].id, questions=True, answers=False)
    for number, person in enumerate(people[:11]):
        answer(act, poll, person, 0 if number < 6 else 1)
    assert run_jobs("count") == 0
    close(clock, poll)
    assert run_jobs("count") == 1
    assert run_jobs("count") == 0
    assert run_jobs("tell results") == 10
    assert run_jobs("tell results") == 0
    with database.reading() as session:
        counted = session.get_one(Poll, poll.id)
        document = results.get_result(session, counted.ref, counted.counted_at).document
        (question,) = document.questions
        largest = question.shown.lines[0]
        assert (question.labels[largest.options[0]], largest.number) == ("It is late", 6)
        assert session.exec(select(Envelope)).all() == []
        assert queries.answered_people(session, poll.topic_id) == {person.id for person in people[:11]}
    assert key_files.list_names(keys) == set()
    post.deliver()
    words = post.last_to("parent0@example.org").words.text
    assert "It is late: 6" in words
    assert "Friday 30 April 2027" in words
    assert f"/polls/{poll.ref}/results" in words
    assert post.to("parent1@example.org") == []
    assert post.to("parent11@example.org") == []


def test_few_answers_are_told_without_numbers(act, keys, run_jobs, clock, post):
    people = members(act, 3)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    for person in people:
        answer(act, poll, person, 0)
    close(clock, poll)
    run_jobs("count", "tell results")
    post.deliver()
    words = post.last_to("parent0@example.org").words.text
    assert "Fewer than 10 families answered this" in words
    assert "It is late: " not in words


def test_a_poll_without_answers_is_counted_too(act, keys, run_jobs, clock, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    close(clock, poll)
    assert run_jobs("count") == 1
    with database.reading() as session:
        document = results.find_document(session, session.get_one(Poll, poll.id))
        assert document.questions[0].shown.words is not None


@pytest.mark.parametrize("killed_in", ["digest_of", "_finish", "after the commit"])
def test_killed_anywhere_the_count_comes_to_the_same(act, keys, database, clock, monkeypatch, killed_in):
    people = members(act, 12)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    for number, person in enumerate(people):
        answer(act, poll, person, int(number < 7))
    close(clock, poll)
    begin = Begin(database, "polls")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if killed_in == "after the commit":
            patch.setattr(box, "empty", killed)
        else:
            patch.setattr(counting, killed_in, killed)
        with pytest.raises(KeyboardInterrupt):
            count_closed(begin, keys)
    count_closed(begin, keys)
    with database.reading() as session:
        assert session.get_one(Poll, poll.id).counted_at
        document = results.find_document(session, poll)
        assert document.questions[0].shown.lines[0].number == 7
        assert (session.get_one(PollResult, poll.id).answered, session.get_one(PollResult, poll.id).spoilt) == (12, 0)


def test_one_poll_that_cannot_be_counted_does_not_keep_the_others(act, keys, database, clock):
    with act(TEAM) as work:
        lost, good = a_poll(work, keys, title="Lost"), a_poll(work, keys, title="Good")
        key_files.destroy(keys, ballots.get_ballot(work.session, lost.ballot_id or b"").key_name)
    close(clock, good)
    with pytest.raises(Refused):
        count_closed(Begin(database, "polls"), keys)
    with database.reading() as session:
        assert session.get_one(Poll, good.id).counted_at
        assert session.get_one(Poll, lost.id).counted_at is None


def test_a_paper_changed_behind_our_back_is_not_counted(act, keys, database, clock):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
        with unguarded(work.session, "question"):
            work.session.exec(select(Question)).one().text = "Something else?"
    close(clock, poll)
    with pytest.raises(Refused, match="not the one that was frozen"):
        count_closed(Begin(database, "polls"), keys)


def test_an_answer_stuffed_into_the_box_is_spoilt(act, keys, run_jobs, database, clock):
    (amina,) = members(act, 1)
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    answer(act, poll, amina, 0)
    with act(TEAM) as work:
        box_service.cast(work, poll.ballot_id or b"", amina.id, {"nonsense": ["x"]})
    close(clock, poll)
    run_jobs("count")
    with database.reading() as session:
        assert (session.get_one(PollResult, poll.id).answered, session.get_one(PollResult, poll.id).spoilt) == (1, 1)
        assert ballots.get_ballot(session, poll.ballot_id or b"").spoilt == 1


def test_who_joined_while_it_was_open_is_told_apart(act, keys, run_jobs, database, clock):
    members(act, 5)
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=(BUS,))
    clock.shift(timedelta(days=1))
    with act(TEAM) as work:
        late = a_member(work, "late@example.org")
    answer(act, poll, late, 0)
    close(clock, poll)
    run_jobs("count")
    with database.reading() as session:
        assert session.get_one(PollResult, poll.id).joined_while_open == 1
