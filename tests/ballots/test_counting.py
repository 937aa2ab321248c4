"""Counting: after close, once, the same after every kill; who took part is kept, what they said is not."""

import pytest
from sqlmodel import select

from pyramid_app.ballots import counting, keys, queries, service
from pyramid_app.ballots.models import Ballot, Envelope, RollEntry
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Begin
from tests.ballots.builders import NO, YES, a_ballot, a_voter


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


@pytest.fixture
def ballot(act, folder):
    """Three on the roll; Amina says yes, Bea says no, Colm says nothing."""
    with act() as work:
        one = a_ballot(work, folder)
        service.cast(work, one.id, a_voter(work, one), YES)
        service.cast(work, one.id, a_voter(work, one, "bea@example.org"), NO)
        a_voter(work, one, "colm@example.org")
    return one


def begin(act, ballot):
    with act() as work:
        counting.begin_counting(work, ballot.id)


def open_box(session, ballot, folder):
    """Everything in the box, and the box."""
    box = counting.OpenBox(session, ballot.id, folder)
    return [one.answers for one in box], box


def finish(act, database, ballot, folder):
    counting.note_who_took_part(Begin(database, "tests"), ballot.id)
    with act() as work:
        _, box = open_box(work.session, ballot, folder)
        return counting.finish(work, box, 0)


def test_nothing_opens_before_close(act, ballot, database, folder):
    with pytest.raises(Conflict, match="still open"):
        begin(act, ballot)
    with database.reading() as session, pytest.raises(Conflict):
        open_box(session, ballot, folder)


def test_the_whole_count(act, ballot, database, clock, folder):
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    with database.reading() as session:
        opened, _ = open_box(session, ballot, folder)
    assert sorted(opened, key=str) == [NO, YES]
    counted = finish(act, database, ballot, folder)
    assert counted is not None
    assert (counted.on_roll, counted.answered, counted.spoilt) == (3, 2, 0)
    with database.reading() as session:
        assert counting.counted_not_empty(session) == {ballot.id}
    counting.empty(Begin(database, "tests"), ballot.id, folder)
    with database.reading() as session:
        assert counting.counted_not_empty(session) == set()
        assert session.exec(select(Envelope)).all() == []
        assert len(queries.took_part(session, ballot.id)) == 2
    assert ballot.key_name not in keys.list_names(folder)


def test_begun_twice_or_finished_twice_is_once(act, ballot, clock, database, folder):
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    begin(act, ballot)
    with database.reading() as session:
        _, box = open_box(session, ballot, folder)
    with act() as work:
        assert counting.finish(work, box, 0) is not None
    with act() as work:
        assert counting.finish(work, box, 0) is None
    with database.reading() as session:
        did = [entry.did for entry in session.exec(select(AuditEntry)) if entry.did.startswith("ballot:")]
    assert sorted(did) == ["ballot:counted", "ballot:counting", "ballot:frozen"]


def test_the_log_holds_fingerprints_and_no_person(act, ballot, clock, database, folder):
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    finish(act, database, ballot, folder)
    with database.reading() as session:
        facts = {e.did: e.facts for e in session.exec(select(AuditEntry)) if e.did.startswith("ballot:")}
        people = {str(entry.person_id) for entry in session.exec(select(RollEntry))}
    assert len(facts["ballot:counted"]["box"]) == 64
    assert not any(person in str(facts) for person in people)


def test_an_envelope_that_was_tampered_with_is_spoilt_and_counted_as_spoilt(act, ballot, clock, database, folder):
    with act() as work:
        one, other = work.session.exec(select(Envelope)).all()
        one.sealed = other.sealed
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    with database.reading() as session:
        opened, _ = open_box(session, ballot, folder)
    assert [answers is None for answers in sorted(opened, key=str)] == [True, False]


def test_an_envelope_without_a_roll_entry_is_spoilt(act, ballot, clock, database, folder):
    with act() as work:
        work.session.add(Envelope(ballot_id=ballot.id, roll_id=b"x" * 16, sealed=b"stuffed"))
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    with database.reading() as session:
        assert open_box(session, ballot, folder)[0].count(None) == 1


def test_a_box_that_changes_between_opening_and_finishing_is_not_counted(act, ballot, clock, database, folder):
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    with database.reading() as session:
        _, box = open_box(session, ballot, folder)
    with act() as work:
        work.session.add(Envelope(ballot_id=ballot.id, roll_id=b"x" * 16, sealed=b"stuffed"))
    with pytest.raises(Conflict, match="changed"), act() as work:
        counting.finish(work, box, 0)
    with database.reading() as session:
        assert session.get_one(Ballot, ballot.id).counted_at is None


def test_without_the_key_it_says_so(act, ballot, clock, database, folder):
    keys.destroy(folder, ballot.key_name)
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    with database.reading() as session, pytest.raises(Conflict, match="not in the keys folder"):
        open_box(session, ballot, folder)


def test_the_key_outlives_everything_but_a_finished_count(act, ballot, clock, database, folder):
    clock.move_to(ballot.closes_at)
    begin(act, ballot)
    with pytest.raises(Conflict):
        counting.empty(Begin(database, "tests"), ballot.id, folder)
    with database.reading() as session:
        assert session.get_one(Ballot, ballot.id).counted_at is None
        assert len(session.exec(select(Envelope)).all()) == 2
    assert ballot.key_name in keys.list_names(folder)
