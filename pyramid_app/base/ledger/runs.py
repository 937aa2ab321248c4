"""Running a job and writing down what it did. A job is idempotent: what is due is a query, never a memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, col, delete, select

from pyramid_app.base import clock
from pyramid_app.base.db import Writing
from pyramid_app.base.ledger.models import JobRun

log = structlog.get_logger()

KEEP = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """``run()`` returns how many things it did; ``every`` is in seconds."""

    name: str
    every: int
    run: Callable[[], int]


@dataclass(frozen=True)
class Run:
    """What a job did in the minute ``slot``."""

    name: str
    slot: datetime
    done: int
    error: str


@dataclass
class Runner:
    """Runs jobs and keeps the ledger. A failure is noted and logged, and stops neither scheduler nor other jobs."""

    writing: Writing
    _noted: dict[str, datetime] = field(default_factory=dict)

    def run(self, *jobs: Job) -> int:
        """Run these once, one after the other, and note them together; returns how many things they did."""
        runs = [_run(job) for job in jobs]
        # A quiet job writes one row a minute, its heartbeat; every other quiet run writes nothing.
        noted = [run for run in runs if run.done or run.error or self._noted.get(run.name) != run.slot]
        if noted:
            with self.writing() as session:
                _note(session, noted)
            self._noted |= {run.name: run.slot for run in noted}
        return sum(run.done for run in runs)


def _run(job: Job) -> Run:
    done, error = 0, ""
    try:
        done = job.run()
    except Exception as failure:
        log.exception("job failed", job=job.name)
        error = type(failure).__name__
    return Run(job.name, clock.now().replace(second=0, microsecond=0), done, error)


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
        entry.failures += bool(run.error)
        entry.error = run.error or entry.error
        session.add(entry)
