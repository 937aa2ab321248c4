"""One scheduler leads, whatever happens to the database or the lock's file: never two, and soon a spare."""

import random
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select
from structlog.testing import capture_logs

from pyramid_app import scheduler
from pyramid_app.app import office
from pyramid_app.base.ledger.leader import lock_of
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.work import working
from tests.conftest import TESTS
from tests.support.post import Bag

RESTARTS = 60


@pytest.fixture
def restart(real_database):
    """The database goes and comes back: every session lock is gone. On SQLite, the lock's file is replaced."""
    if real_database.url.startswith("sqlite"):
        file = Path(f"{sa.make_url(real_database.url).database}.leader")
        return lambda: file.unlink(missing_ok=True)

    def terminate():
        with real_database.engine.connect() as connection:
            connection.execute(
                sa.text(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    return terminate


@pytest.fixture
def locks(real_database):
    found = [lock_of(real_database.url) for _ in range(3)]
    yield found
    for lock in found:
        lock.let_go()


def test_only_one_leads_at_a_time_and_the_next_takes_over(locks):
    first, second, _ = locks
    assert first.take()
    assert first.is_held()
    assert not second.take()
    assert not second.is_held()
    first.let_go()
    assert not first.is_held()
    assert second.take()


def test_whoever_lost_the_lock_knows_it_and_a_spare_takes_over(locks, restart):
    first, second, _ = locks
    assert first.take()
    restart()
    assert not first.is_held(), "it would go on beside the next leader"
    assert second.take()
    assert not first.is_held()
    assert not first.take()
    second.let_go()
    assert first.take(), "it competes again"


def test_sixty_restarts_never_two_that_lead_and_nothing_is_sent_twice(locks, restart, real_database, settings):
    chance, bags = random.Random(11), [Bag() for _ in locks]
    candidates = [(lock, office(settings, bag)) for lock, bag in zip(locks, bags, strict=True)]
    for number in range(RESTARTS):
        with working(real_database, TESTS) as work:
            work.post(Draft("outcome", "Buses", f"Letter {number}.", address="amina@example.org"), key=f"l:{number}")
        restart()
        chance.shuffle(candidates)
        for lock, post in candidates:
            if lock.is_held() or lock.take():
                send_due(real_database.writing, post)
        assert [lock.is_held() for lock in locks].count(True) == 1, f"after restart {number}"
    sent = [parcel.message_id for bag in bags for parcel in bag.parcels]
    assert len(sent) == len(set(sent)) == RESTARTS
    with real_database.reading() as session:
        assert all(letter.sent_at for letter in session.exec(select(Letter)))


def test_two_schedulers_through_restarts_run_no_job_side_by_side(real_database, restart, settings, monkeypatch):
    """The real thing, in two threads: whoever loses the lock begins nothing more, and one of them always goes on."""
    world = _World()
    monkeypatch.setattr(scheduler, "all_jobs", lambda *_: [Job("work", 1, world.work)])
    settings = settings.model_copy(update={"database": real_database.url})
    stop = threading.Event()
    runs = [
        threading.Thread(target=scheduler.serve, args=(settings, None, stop), kwargs={"ask_every": 0.02})
        for _ in range(2)
    ]
    with capture_logs() as said:
        for run in runs:
            run.start()
        for _ in range(5):
            assert world.worked.wait(20), "nobody leads any more"
            world.worked.clear()
            restart()
        assert world.worked.wait(20), "nobody leads any more"
        stop.set()
        for run in runs:
            run.join(20)
    assert world.at_once == 1
    events = [line["event"] for line in said]
    assert events.count("scheduler leads") == events.count("scheduler no longer leads") >= 5


class _World:
    """What two leaders at once would both touch."""

    def __init__(self) -> None:
        self.worked, self.inside, self.at_once, self.turn = threading.Event(), 0, 0, threading.Lock()

    def work(self) -> int:
        with self.turn:
            self.inside += 1
            self.at_once = max(self.at_once, self.inside)
        self.worked.set()
        with self.turn:
            self.inside -= 1
        return 0
