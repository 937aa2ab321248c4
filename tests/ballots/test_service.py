"""Freezing, enrolling, casting: one envelope a person, only while open, nothing about it in the log."""

import secrets
from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.ballots import counting, queries, service
from pyramid_app.ballots.jobs import digest_rolls
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.ballots.rules import Roll
from pyramid_app.ballots.sealing import Carried, carry
from pyramid_app.ballots.service import Cast
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Conflict, NotAllowed, NotFound
from pyramid_app.base.work import Begin
from tests.ballots.builders import NO, YES, a_ballot, a_newcomer, a_voter


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


def carried_for(work, ballot, answers=YES):
    key = queries.public_key(work.session, ballot)
    return carry(key, ballot.id, secrets.token_bytes(16), answers, ballot.envelope_size, work.now)


def count_and_open(act, clock, database, ballot, folder):
    clock.move_to(ballot.closes_at)
    with act() as work:
        counting.begin_counting(work, ballot.id)
    with database.reading() as session:
        return [one.answers for one in counting.OpenBox(session, ballot.id, folder)]


def test_without_a_key_nothing_is_frozen(act):
    with pytest.raises(Conflict, match="no key ready"), act() as work:
        service.freeze(work, "poll:1", Roll.OPEN, work.now, work.now + timedelta(days=1), "a" * 64, 256)


def test_two_ballots_never_share_a_key(act, folder):
    with act() as work:
        assert a_ballot(work, folder).key_name != a_ballot(work, folder, "poll:2").key_name


def test_first_then_changed_and_only_one_envelope(act, folder, clock, database):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
        assert service.cast(work, ballot.id, voter, YES) is Cast.FIRST
        assert queries.has_answered(work.session, ballot.id, voter)
    with act() as work:
        assert service.cast(work, ballot.id, voter, NO) is Cast.CHANGED
    assert count_and_open(act, clock, database, ballot, folder) == [NO]


def test_casting_writes_no_audit_row(act, folder):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
        work.session.flush()
        before = len(work.session.exec(select(AuditEntry)).all())
        service.cast(work, ballot.id, voter, YES)
        work.session.flush()
        assert len(work.session.exec(select(AuditEntry)).all()) == before


def test_it_is_open_from_opening_up_to_not_including_close(act, folder, clock):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
    clock.move_to(ballot.opens_at - timedelta(seconds=1))
    with pytest.raises(NotAllowed, match="not open yet"), act() as work:
        service.cast(work, ballot.id, voter, YES)
    clock.move_to(ballot.closes_at - timedelta(seconds=1))
    with act() as work:
        service.cast(work, ballot.id, voter, YES)
    clock.move_to(ballot.closes_at)
    with pytest.raises(NotAllowed, match="closed on"), act() as work:
        service.cast(work, ballot.id, voter, NO)


def test_a_clock_that_goes_back_does_not_open_a_box_that_is_being_counted(act, folder, clock):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
    clock.move_to(ballot.closes_at)
    with act() as work:
        counting.begin_counting(work, ballot.id)
    clock.move_to(ballot.opens_at)
    with pytest.raises(NotAllowed, match="closed on"), act() as work:
        service.cast(work, ballot.id, voter, YES)


def test_a_fixed_roll_takes_whoever_stood_so_at_the_opening_and_nobody_who_joined_later(act, folder, clock):
    with act() as work:
        ballot = a_ballot(work, folder, roll=Roll.FIXED)
        a_voter(work, ballot)
        late = accounts.person_at(work, "late@example.org")
    with pytest.raises(NotAllowed, match="had joined"), act() as work:
        service.enrol(work, ballot.id, late.id, a_newcomer("late@example.org", joined_while_open=True))


def test_who_is_not_on_the_roll_cannot_cast(act, folder):
    with act() as work:
        ballot = a_ballot(work, folder)
        other = a_ballot(work, folder, "poll:2")
        voter = a_voter(work, other)
    with pytest.raises(NotAllowed), act() as work:
        service.cast(work, ballot.id, voter, YES)
    with pytest.raises(NotFound), act() as work:
        service.cast(work, b"x" * 16, voter, YES)


def test_a_carried_envelope_takes_its_own_place_on_the_roll(act, folder, clock, database):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
        service.cast(work, ballot.id, voter, YES)
    with act() as work:
        carried = carried_for(work, ballot, NO)
        assert service.cast_carried(work, ballot.id, voter, carried) is Cast.CHANGED
    with act() as work:
        entry = queries.find_entry(work.session, ballot.id, voter)
        assert entry is not None
        assert entry.id == carried.roll
        assert len(work.session.exec(select(Envelope)).all()) == len(work.session.exec(select(RollEntry)).all()) == 1
        assert queries.lies_in_box(work.session, ballot.id, carried)
    with act() as work:
        assert service.cast_carried(work, ballot.id, voter, carried) is Cast.CHANGED
    assert count_and_open(act, clock, database, ballot, folder) == [NO]


def test_a_box_that_somebody_used_is_refused_to_others(act, folder):
    with act() as work:
        ballot = a_ballot(work, folder)
        first, second = a_voter(work, ballot), a_voter(work, ballot, "bea@example.org")
        carried = carried_for(work, ballot)
        service.cast_carried(work, ballot.id, first, carried)
    with pytest.raises(Conflict, match="somebody else"), act() as work:
        service.cast_carried(work, ballot.id, second, carried)


def test_a_box_that_waited_too_long_is_refused(act, folder):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
        carried = carried_for(work, ballot)
    old = Carried(carried.box, carried.roll, int(ballot.opens_at.timestamp()))
    with pytest.raises(Conflict, match="too long"), act() as work:
        service.cast_carried(work, ballot.id, voter, old)


def test_the_roll_is_written_down_as_a_fingerprint_each_day(act, database, clock, folder):
    with act() as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)
    begin = Begin(database, "ballots")
    assert (digest_rolls(begin), digest_rolls(begin)) == (1, 0)
    with act() as work:
        service.cast(work, ballot.id, voter, YES)
    clock.shift(timedelta(days=1))
    assert digest_rolls(begin) == 1
    with act() as work:
        a_voter(work, ballot, "late@example.org")
    clock.shift(timedelta(days=1))
    assert digest_rolls(begin) == 1
    with database.reading() as session:
        first, second, third = [e.facts["roll"] for e in session.exec(select(AuditEntry).order_by(AuditEntry.at))
                                if e.did == "ballot:roll digested"]  # fmt: skip
    assert first == second != third, "answering changes nothing, another name does"
