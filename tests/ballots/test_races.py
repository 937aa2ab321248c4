"""Many at once, with real commits and real locks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import select

from pyramid_app.ballots import counting, keys, queries, service
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.ballots.rules import Roll
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.db import Database
from pyramid_app.base.errors import Conflict, NotAllowed
from pyramid_app.base.work import Begin, working
from tests.ballots.builders import YES, a_ballot, a_key, a_newcomer, a_voter
from tests.support import postgres


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "keys"


def at_once(times, do):
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(do, range(times)))


def test_a_hundred_submissions_at_once_are_one_envelope(real_database, folder, clock):
    with working(real_database, NOBODY) as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, ballot)

    def cast(_number):
        with working(real_database, NOBODY) as work:
            return service.cast(work, ballot.id, voter, YES)

    outcomes = at_once(100, cast)
    assert sorted(outcomes) == ["changed"] * 99 + ["first"]
    with real_database.reading() as session:
        assert len(session.exec(select(Envelope)).all()) == 1


def test_enrolled_by_everybody_at_once_is_on_the_roll_once(real_database, folder, clock):
    with working(real_database, NOBODY) as work:
        ballot = a_ballot(work, folder)
        voter = a_voter(work, a_ballot(work, folder, "poll:2"))

    def enrol(_number):
        with working(real_database, NOBODY) as work:
            return service.enrol(work, ballot.id, voter, a_newcomer("amina@example.org")).id

    assert len(set(at_once(30, enrol))) == 1
    with real_database.reading() as session:
        assert len(session.exec(select(RollEntry).where(RollEntry.ballot_id == ballot.id)).all()) == 1


def test_what_is_acknowledged_is_counted_and_what_is_refused_is_not(real_database, folder, clock):
    """Casting (acts that began before close) against the count: none lost, none added afterwards."""
    with working(real_database, NOBODY) as work:
        ballot = a_ballot(work, folder)
        voters = [a_voter(work, ballot, f"parent{n}@example.org") for n in range(40)]
    before, after = ballot.opens_at, ballot.closes_at

    def step(number):
        if number == 20:
            with working(real_database, NOBODY, after) as work:
                counting.begin_counting(work, ballot.id)
            return None
        try:
            with working(real_database, NOBODY, before) as work:
                service.cast(work, ballot.id, voters[number], YES)
        except NotAllowed:
            return None
        return voters[number]

    acknowledged = {voter for voter in at_once(40, step) if voter}
    with real_database.looking() as session:
        box = counting.OpenBox(session, ballot.id, folder)
        assert len([one for one in box if one.answers]) == len(acknowledged)
    counting.note_who_took_part(Begin(real_database, "tests"), ballot.id)
    with working(real_database, NOBODY, after) as work:
        counting.finish(work, box, 0)
    with real_database.reading() as session:
        assert queries.took_part(session, ballot.id) == acknowledged


def test_counted_twice_at_once_is_counted_once(real_database, folder, clock):
    with working(real_database, NOBODY) as work:
        ballot = a_ballot(work, folder)
        service.cast(work, ballot.id, a_voter(work, ballot), YES)

    def count(_number):
        with working(real_database, NOBODY, ballot.closes_at) as work:
            counting.begin_counting(work, ballot.id)
        with real_database.looking() as session:
            try:
                box = counting.OpenBox(session, ballot.id, folder)
            except Conflict:
                return None  # somebody else has finished
            list(box)
        with working(real_database, NOBODY, ballot.closes_at) as work:
            return counting.finish(work, box, 0)

    assert len([one for one in at_once(8, count) if one]) == 1


def test_two_officers_at_once_take_two_keys(real_database, folder, clock):
    with working(real_database, NOBODY) as work:
        for _ in range(8):
            a_key(work, folder)

    def freeze(number):
        with working(real_database, NOBODY) as work:
            return service.freeze(
                work, f"poll:{number}", Roll.OPEN, work.now, work.now.replace(year=2028), "a" * 64, 256
            ).key_name  # fmt: skip

    assert len(set(at_once(8, freeze))) == 8
    assert len(keys.list_names(folder)) == 8


@pytest.mark.postgres
def test_casters_do_not_wait_for_one_another(postgres_server, postgres_template, folder, clock):
    """Only the count waits for them, and they for it. (SQLite's writers queue anyway.)"""
    database = Database(postgres.fresh_database(postgres_server, postgres_template))
    with working(database, NOBODY) as work:
        ballot = a_ballot(work, folder)
        amina, bea = a_voter(work, ballot), a_voter(work, ballot, "bea@example.org")
    with working(database, NOBODY) as one, working(database, NOBODY) as other:
        other.session.execute(sa.text("SET LOCAL lock_timeout = '5s'"))
        assert service.cast(one, ballot.id, amina, YES) == service.cast(other, ballot.id, bea, YES) == "first"
    database.close()
