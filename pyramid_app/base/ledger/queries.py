"""What the ledger knows of the past: when the scheduler was silent, which jobs fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from sqlmodel import Session, col, func, select

from pyramid_app.base.ledger.findings import SCHEDULER
from pyramid_app.base.ledger.models import JobRun, SchedulerState

A_DAY = timedelta(days=1)
AN_HOUR_OF_BEATS = 60
LATELY = timedelta(minutes=15)
"""Every job that fails is tried again within a minute, so whatever fails has rows in this time."""


def longest_silence(session: Session, since: datetime, until: datetime) -> timedelta:
    """The longest time between ``since`` and ``until`` without a heartbeat.

    Every job writes one row a minute, so a silence is a stop of the whole process. Nothing is said of an installation
    that had not run for an hour of the day before: it has not stopped, it had not begun.
    """
    slot = col(JobRun.slot)
    ran = session.exec(select(func.count(slot.distinct())).where(slot >= since - A_DAY, slot < since)).one()
    if ran < AN_HOUR_OF_BEATS:
        return timedelta(0)
    beats = session.exec(select(JobRun.slot).where(slot >= since, slot <= until).distinct().order_by(slot)).all()
    return max(after - before for before, after in pairwise([since, *beats, until]))


def find_state(session: Session) -> SchedulerState | None:
    """What the scheduler last saw; ``None`` where it never ran."""
    return session.get(SchedulerState, SCHEDULER)


@dataclass(frozen=True)
class Failing:
    """A job whose last run failed, since when all its runs do, and what the last one failed with."""

    job: str
    since: datetime
    error: str


def failing_jobs(session: Session, now: datetime) -> list[Failing]:
    """Jobs that fail now, by name."""
    slot = col(JobRun.slot)
    lately = session.exec(select(JobRun).where(slot > now - LATELY, slot <= now + LATELY).order_by(JobRun.job, slot))
    failing = []
    for job, entries in groupby(lately, lambda entry: entry.job):
        since = None
        for entry in entries:
            since = (since or entry.slot) if entry.error else None
        if since:
            failing.append(Failing(job, since, entry.error))
    return failing
