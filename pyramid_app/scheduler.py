"""The second process: runs every room's jobs while it leads, and waits while another one does.

All jobs are code and what is due is a query, so the schedule lives in memory (``ecosystem.md`` 5) and a killed
scheduler forgets nothing.
"""

import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import DBAPIError

from pyramid_app.accounts import jobs as accounts
from pyramid_app.ballots import jobs as ballots
from pyramid_app.ballots.findings import missing_keys
from pyramid_app.base import clock
from pyramid_app.base.audit.record import AT_ONCE, chain
from pyramid_app.base.budgets.service import forget_old
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.files import jobs as files
from pyramid_app.base.ledger.findings import findings_of_places, keep, mark_of, places_of
from pyramid_app.base.ledger.leader import Lock, lock_of
from pyramid_app.base.ledger.runs import Job, Runner
from pyramid_app.base.logs import name_of
from pyramid_app.base.outbox.monthly import fold_waiting
from pyramid_app.base.outbox.sender import Office, send_due
from pyramid_app.base.work import Begin
from pyramid_app.charter.handing import jobs as handing
from pyramid_app.feedback import jobs as feedback
from pyramid_app.meetings.briefs import jobs as briefs
from pyramid_app.meetings.reporting import jobs as meetings
from pyramid_app.notices import jobs as notices
from pyramid_app.outcomes import jobs as outcomes
from pyramid_app.outcomes.figures import jobs as figures
from pyramid_app.outcomes.verdicts import jobs as verdicts
from pyramid_app.participation import jobs as participation
from pyramid_app.polls import jobs as polls

log = structlog.get_logger()


def all_jobs(settings: Settings, database: Database, post: Office) -> list[Job]:
    """Every job of the product, in the order in which a quiet minute would run them."""
    return [
        Job("send letters", 2, lambda: send_due(database.writing, post)),
        Job("monthly letter", 300, lambda: fold_waiting(database.writing)),
        *ballots.jobs(Begin(database, "ballots"), settings.keys),
        *polls.jobs(Begin(database, "polls"), settings.keys, settings.address, settings.secret.get_secret_value()),
        *feedback.jobs(Begin(database, "feedback"), settings.address, post.carrier.channels),
        *handing.jobs(Begin(database, "handing")),
        *outcomes.jobs(Begin(database, "outcomes"), settings.address),
        *verdicts.jobs(Begin(database, "verdicts"), settings.address),
        *figures.jobs(Begin(database, "figures")),
        *briefs.jobs(Begin(database, "briefs"), settings.address),
        *meetings.jobs(Begin(database, "meetings"), settings.address),
        *notices.jobs(Begin(database, "notices"), settings.address),
        *participation.jobs(Begin(database, "participation")),
        *accounts.jobs(Begin(database, "accounts")),
        *files.jobs(Begin(database, "files"), settings.files),
        Job("forget budgets", 3600, lambda: _forget_budgets(database)),
        Job("chain the log", 60, lambda: _chain(database)),
        Job("look around", 60, lambda: _look_around(settings, database)),
    ]


def _chain(database: Database) -> int:
    """Some rows in each act, until all are chained: a count may bring many thousands at once."""
    chained = 0
    while True:
        with database.writing() as session:
            some = chain(session)
        chained += some
        if some < AT_ONCE:
            return chained


def _forget_budgets(database: Database) -> int:
    with database.writing() as session:
        return forget_old(session, clock.now())


def _look_around(settings: Settings, database: Database) -> int:
    """Write down what only this machine can see; returns how many things are wrong here."""
    with database.looking() as session:
        found = [*missing_keys(session, settings.keys), *findings_of_places(places_of(settings, keys=True))]
    with database.writing() as session:
        keep(session, clock.now(), mark_of(settings), found)
    return len(found)


def run_once(settings: Settings, database: Database, post: Office, names: Iterable[str] = ()) -> int:
    """Run the named jobs (all of them, if none is named) once, here and now; returns how many things were done."""
    runner, wanted = Runner(database.writing), set(names)
    return runner.run(*(job for job in all_jobs(settings, database, post) if not wanted or job.name in wanted))


def serve(settings: Settings, post: Office, stop: threading.Event | None = None, *, ask_every: float = 2) -> None:
    """Run until asked to stop (SIGTERM, SIGINT). A second scheduler waits here until the first one is gone.

    ``ask_every``: seconds between two looks at the leader's lock, by whoever has it and by whoever waits for it.
    """
    stop = stop or _stopped_by_signal()
    database, lock, waits = Database(settings.database), lock_of(settings.database), Waits()
    leads = Leads(settings, database, post, lock)
    while not stop.is_set():
        if waits.taken(lock):
            leads.until(lambda: stop.wait(ask_every) or not lock.is_held())
            lock.let_go()
        else:
            stop.wait(ask_every)
    database.close()


class Waits:
    """Takes the lock when it is free. Why it waits is said once, not at every try."""

    def __init__(self) -> None:
        self._said = ""

    def taken(self, lock: Lock) -> bool:
        try:
            why = "" if lock.take() else "another scheduler leads"
        except (DBAPIError, OSError) as away:
            why = name_of(away)
        if why and why != self._said:
            log.info("scheduler waits", why=why)
        self._said = why
        return not why


class Leads:
    """The jobs, run by whoever leads. What failed in one spell of leading is still known in the next."""

    def __init__(self, settings: Settings, database: Database, post: Office, lock: Lock) -> None:
        self.jobs = all_jobs(settings, database, post)
        self.runner, self.lock = Runner(database.writing), lock

    def until(self, over: Callable[[], bool]) -> None:
        """Run jobs until ``over()``; those that have begun by then finish, no other begins."""
        pool, stepped_down = ThreadPoolExecutor(), threading.Event()
        scheduler = BackgroundScheduler(timezone="UTC", executors={"default": pool})
        for job in self.jobs:
            # At once, and then every so often: what fell due while nobody led does not wait for the first interval.
            scheduler.add_job(
                self._turn, "interval", (scheduler, job, stepped_down), seconds=job.every, id=job.name, name=job.name,
                max_instances=1, coalesce=True, misfire_grace_time=None, next_run_time=clock.now(),
            )  # fmt: skip
        log.info("scheduler leads")
        scheduler.start()
        while not over():
            pass
        stepped_down.set()
        # Not in one step: it would wait for the jobs under a lock that `_turn` needs.
        scheduler.shutdown(wait=False)
        pool.shutdown(wait=True)
        log.info("scheduler no longer leads")

    def _turn(self, scheduler: BackgroundScheduler, job: Job, stepped_down: threading.Event) -> None:
        """The lock is asked before each job, not only every few seconds: whoever lost it begins nothing."""
        if stepped_down.is_set() or not self.lock.is_held():
            return
        again_at = self.runner.run_one(job)
        if again_at is not None:
            with suppress(JobLookupError):  # nobody leads any more
                scheduler.modify_job(job.name, next_run_time=again_at)


def _stopped_by_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
