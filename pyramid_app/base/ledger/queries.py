"""What the ledger knows of the past: when the scheduler was silent."""

from datetime import datetime, timedelta
from itertools import pairwise

from sqlmodel import Session, col, func, select

from pyramid_app.base.ledger.models import JobRun

A_DAY = timedelta(days=1)
AN_HOUR_OF_BEATS = 60


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
