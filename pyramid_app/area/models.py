"""The area's settings as rows, one per change, so that who changed what and why stays readable; and its calendar."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.area.calendar_rules import NAME_AT_MOST, DayKind
from pyramid_app.base.db import Row, words


class Setting(Row, table=True):
    """One change of one setting; the newest ``from_at`` that is not in the future holds."""

    __tablename__ = "setting"

    id: UUID = Field(primary_key=True)
    name: str = Field(max_length=60, index=True)
    value: Any = Field(sa_type=sa.JSON)
    from_at: datetime
    by_id: UUID | None = None
    why: str = Field(max_length=500)


class CalendarPeriod(Row, table=True):
    """A time that questions are asked around. ``until_on`` is its last day and belongs to it."""

    __tablename__ = "calendar_period"

    id: UUID = Field(primary_key=True)
    kind: DayKind = Field(sa_type=words(DayKind))
    name: str = Field(max_length=NAME_AT_MOST)
    from_on: date
    until_on: date
    added_at: datetime
    added_by_id: UUID | None = Field(default=None, foreign_key="person.id")
