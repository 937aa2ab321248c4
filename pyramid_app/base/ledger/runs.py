"""Running a job and writing down what it did. A job is idempotent: what is due is a query, never a memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, col, delete

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


@dataclass
class Runner:
    """Runs jobs and keeps the ledger. A failure is noted and logged, and stops neither scheduler nor other jobs."""

    writing: Writing
    _noted: dict[str, datetime] = field(default_factory=dict)

    def run(self, job: Job) -> int:
        """Run ``job`` once; returns how many things it did."""
        done, error = 0, ""
        try:
            done = job.run()
        except Exception as failure:
            log.exception("job failed", job=job.name)
            error = type(failure).__name__
        slot = clock.now().replace(second=0, microsecond=0)
        # A quiet job writes one row a minute, its heartbeat; every other quiet run writes nothing.
        if done or error or self._noted.get(job.name) != slot:
            with self.writing() as session:
                _note(session, job.name, slot, done, error)
            self._noted[job.name] = slot
        return done


def _note(session: Session, name: str, slot: datetime, done: int, error: str) -> None:
    entry = session.get(JobRun, (name, slot))
    if entry is None:
        entry = JobRun(job=name, slot=slot)
        session.exec(delete(JobRun).where(col(JobRun.slot) < slot - KEEP))
    entry.done += done
    entry.failures += bool(error)
    entry.error = error or entry.error
    session.add(entry)
