"""Running a job and writing down what it did. A job is idempotent: what is due is a query, never a memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, delete, select

from pyramid_app.base import clock
from pyramid_app.base.db import Writing
from pyramid_app.base.ledger.faults import Faults
from pyramid_app.base.ledger.models import JobRun
from pyramid_app.base.logs import name_of

KEEP = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """``run()`` returns how many things it did; ``every`` is in seconds."""

    name: str
    every: int
    run: Callable[[], int]


@dataclass(frozen=True)
class Run:
    """What a job did in the minute ``slot``, or what it failed with."""

    name: str
    slot: datetime
    done: int = 0
    failure: Exception | None = None


@dataclass
class Runner:
    """Runs jobs and keeps the ledger. A failure is noted and said once, and stops neither scheduler nor other jobs."""

    writing: Writing
    faults: Faults = field(default_factory=Faults)
    _noted: dict[str, datetime] = field(default_factory=dict)

    def run(self, *jobs: Job) -> int:
        """Run these once, one after the other, and note them together; returns how many things they did."""
        runs = [_run(job) for job in jobs]
        self._keep(runs)
        for run in runs:
            self._report(run)
        return sum(run.done for run in runs)

    def run_one(self, job: Job) -> datetime | None:
        """Run this one, as often as it is its turn; returns when to try again if it failed.

        Where the ledger cannot be written, it failed: nobody could tell that it ran.
        """
        run = _run(job)
        try:
            self._keep([run])
        except (SQLAlchemyError, OSError) as failure:
            run = replace(run, failure=run.failure or failure)
        return self._report(run)

    def _keep(self, runs: Sequence[Run]) -> None:
        # A quiet job writes one row a minute, its heartbeat; every other quiet run writes nothing.
        noted = [run for run in runs if run.done or run.failure or self._is_news(run)]
        if noted:
            with self.writing() as session:
                _note(session, noted)
            self._noted |= {run.name: run.slot for run in noted}

    def _is_news(self, run: Run) -> bool:
        return self._noted.get(run.name) != run.slot or self.faults.fails(run.name)

    def _report(self, run: Run) -> datetime | None:
        if run.failure is None:
            self.faults.worked(run.name, clock.now())
            return None
        return self.faults.failed(run.name, run.failure, clock.now())


def _run(job: Job) -> Run:
    done, failure = 0, None
    try:
        done = job.run()
    except Exception as failed:
        failure = failed
    return Run(job.name, clock.now().replace(second=0, microsecond=0), done, failure)


def _note(session: Session, runs: Sequence[Run]) -> None:
    names, until = [run.name for run in runs], min(run.slot for run in runs) - KEEP
    # By name, as the key begins: a month has more than a million rows.
    session.exec(delete(JobRun).where(col(JobRun.job).in_(names), col(JobRun.slot) < until))
    slots = {run.slot for run in runs}
    chosen = select(JobRun).where(col(JobRun.job).in_(names), col(JobRun.slot).in_(slots))
    known = {(entry.job, entry.slot): entry for entry in session.exec(chosen)}
    for run in runs:
        entry = known.get((run.name, run.slot)) or JobRun(job=run.name, slot=run.slot)
        entry.done += run.done
        entry.failures += run.failure is not None
        entry.error = name_of(run.failure) if run.failure else ""
        session.add(entry)
