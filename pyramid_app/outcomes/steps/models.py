"""Steps, and every date that each of them ever had."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class Step(Row, table=True):
    """One thing that a partner does about a topic by a day. It ends done, with what shows it, or stopped, because."""

    __tablename__ = "step"

    id: UUID = Field(primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    what: str = Field(max_length=300)
    partner: str = Field(foreign_key="partner.slug", max_length=40)
    owner_role: str = Field(max_length=120)
    due_on: date = Field(index=True)
    shown_by: str = Field(max_length=300)
    added_at: datetime
    added_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = None
    done_on: date | None = None
    evidence: str = Field(default="", max_length=500)
    stopped_at: datetime | None = None
    because: str = Field(default="", max_length=500)


class StepDate(Row, table=True):
    """A day that a step was promised for, from ``at`` on; the first has no ``because``. None is ever deleted."""

    __tablename__ = "step_date"

    id: UUID = Field(primary_key=True)
    step_id: UUID = Field(foreign_key="step.id", index=True)
    due_on: date
    at: datetime
    because: str = Field(default="", max_length=500)
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
