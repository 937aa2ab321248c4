"""A count killed at every single statement, and a big one killed as a process: counted once, every word once."""

import shutil
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from sqlmodel import func, select

from pyramid_app.ballots.models import Envelope
from pyramid_app.base.db import Database
from pyramid_app.polls.models import Poll
from pyramid_app.polls.results import own_words
from tests.drill.town import a_full_box, holds
from tests.polls.results.killing import a_closed_poll, at_every_point, once
from tests.support import postgres
from tests.support.databases import sqlite_url

BIG = 20_000


@pytest.fixture
def world(real_database, settings, clock, tmp_path):
    """Every run has a database of its own, with real commits."""

    @contextmanager
    def copied():
        real_database.forget()
        real_database.close()
        if real_database.url.startswith("sqlite"):
            shutil.copy(sa.make_url(real_database.url).database, tmp_path / "copied" / "pyramid.db")
            one = Database(sqlite_url(tmp_path / "copied"))
        else:
            server = sa.make_url(real_database.url).set(database="postgres").render_as_string(hide_password=False)
            one = Database(postgres.fresh_database(server, real_database.url))
        yield one
        one.close()
        if not one.url.startswith("sqlite"):
            postgres.drop_database(server, one.url)

    with a_closed_poll(real_database, settings.keys, clock, copied) as one:
        yield one


# Whoever is killed leaves a cursor open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_killed_at_every_statement_it_is_counted_once(world, capsys):
    wanted = once(world)
    points = 0
    for point, left in at_every_point(world, every_statement=True):
        assert left == wanted, f"killed at {point!r}"
        points += 1
    with capsys.disabled():
        print(f"\n{world.database.engine.dialect.name}: killed at {points} points, counted once each time")
    assert points > 80


def test_a_big_count_whose_process_is_killed_again_and_again(stage, capsys):
    """SIGKILL while it reads the box, while it hands own words over, while it empties the box."""
    box = a_full_box(stage.database, stage.settings, BIG, "Big")
    for phase in (_reads, _hands_over, _hands_over, _empties):
        process = stage.run("jobs", "run", "count")
        while not phase(stage, box):
            assert not process.has_ended(0.01), f"it ended before it {phase.__name__}: {stage.said()[-2000:]}"
        process.kill()
        with capsys.disabled():
            print(f"\n{stage.database.engine.dialect.name}: killed, {_left(stage, box)}", end="")
    process = stage.run("jobs", "run", "count")
    assert process.running.wait() == 0, stage.said()[-2000:]
    holds(stage.database, box, BIG)


def _reads(stage, box):
    return "count begun" in stage.said()


def _hands_over(stage, box):
    """Further than any run before."""
    with stage.database.reading() as session:
        done, before = own_words.done(session, box.poll.id), stage.noted.get("handed over", 0)
    if done and done > before:
        stage.noted["handed over"] = done
        return True
    return False


def _empties(stage, box):
    with stage.database.reading() as session:
        left = session.exec(select(func.count()).where(Envelope.ballot_id == box.poll.ballot_id)).one()
    return left < BIG


def _left(stage, box):
    """Where it is now, for whoever reads the drill."""
    with stage.database.reading() as session:
        left = session.exec(select(func.count()).where(Envelope.ballot_id == box.poll.ballot_id)).one()
        counted = session.get_one(Poll, box.poll.id).counted_at is not None
        return f"result stored: {counted}, words handed over: {own_words.done(session, box.poll.id)}, envelopes: {left}"
