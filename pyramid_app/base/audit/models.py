"""The audit log. Rows are chained by the scheduler, so that no act queues behind another."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class AuditEntry(Row, table=True):
    """One thing somebody did. A trigger lets a row change once: when its link in the chain is set."""

    __tablename__ = "audit_entry"

    id: UUID = Field(primary_key=True)
    at: datetime = Field(index=True)
    did: str = Field(max_length=60)
    subject: str = Field(max_length=120, index=True)
    actor_id: UUID | None = None
    actor_part: str = Field(max_length=60)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    link: int | None = Field(default=None, unique=True)
    previous: str | None = Field(default=None, max_length=64)
    hash: str | None = Field(default=None, max_length=64)
