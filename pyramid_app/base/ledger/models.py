"""The run ledger: one row per job and minute in which it had something to do, and its heartbeat."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class JobRun(Row, table=True):
    """What one job did. ``slot`` is the minute it began in; ``error`` what its last run in that minute failed with."""

    __tablename__ = "job_run"

    job: str = Field(primary_key=True, max_length=60)
    slot: datetime = Field(primary_key=True, index=True)
    done: int = 0
    failures: int = 0
    error: str = Field(default="", max_length=300)


class Progress(Row, table=True):
    """How far a long piece of work has come. Its row goes when the work is done."""

    __tablename__ = "progress"

    work: str = Field(primary_key=True, max_length=120)
    done: int = 0
    total: int
    at: datetime


class SchedulerState(Row, table=True):
    """What the scheduler saw when it last looked around: its heartbeat, a keyed mark of its secret, what is wrong."""

    __tablename__ = "scheduler_state"

    name: str = Field(primary_key=True, max_length=20)
    at: datetime
    secret_mark: str = Field(max_length=64)
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
