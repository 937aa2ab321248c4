"""The second process: runs every room's jobs while it leads, and waits while another one does.

All jobs are code and what is due is a query, so the schedule lives in memory (``ecosystem.md`` 5) and a killed
scheduler forgets nothing.
"""

import signal
import threading
from collections.abc import Callable, Iterable

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from pyramid_app.accounts import jobs as accounts
from pyramid_app.ballots import jobs as ballots
from pyramid_app.base import clock
from pyramid_app.base.audit.record import AT_ONCE, chain
from pyramid_app.base.budgets.service import forget_old
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.files import jobs as files
from pyramid_app.base.ledger.leader import leading
from pyramid_app.base.ledger.runs import Job, Runner
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
        *polls.jobs(Begin(database, "polls"), settings.keys, settings.address),
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


def run_once(settings: Settings, database: Database, post: Office, names: Iterable[str] = ()) -> int:
    """Run the named jobs (all of them, if none is named) once, here and now; returns how many things were done."""
    runner, wanted = Runner(database.writing), set(names)
    return runner.run(*(job for job in all_jobs(settings, database, post) if not wanted or job.name in wanted))


def serve(settings: Settings, post: Office, stop: threading.Event | None = None) -> None:
    """Run until asked to stop (SIGTERM, SIGINT). A second scheduler waits here until the first one is gone."""
    stop = stop or _stopped_by_signal()
    database = Database(settings.database)
    while not stop.is_set():
        with leading(settings.database) as first:
            if first:
                _lead(settings, database, post, stop)
        stop.wait(2)
    database.close()


def _lead(settings: Settings, database: Database, post: Office, stop: threading.Event) -> None:
    log.info("scheduler leads")
    runner, scheduler = Runner(database.writing), BackgroundScheduler(timezone="UTC")
    for job in all_jobs(settings, database, post):
        # At once, and then every so often: what fell due while nobody led does not wait for the first interval.
        scheduler.add_job(
            _running(runner, job), "interval", seconds=job.every, id=job.name,
            max_instances=1, coalesce=True, misfire_grace_time=None, next_run_time=clock.now(),
        )  # fmt: skip
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=True)


def _running(runner: Runner, job: Job) -> Callable[[], object]:
    return lambda: runner.run(job)


def _stopped_by_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
