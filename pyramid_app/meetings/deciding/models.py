"""Who takes part in a meeting, and how."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.meetings.deciding.rules import How


class Attendance(Row, table=True):
    """A member said that she can't come, or the chair wrote down how she is there."""

    __tablename__ = "attendance"

    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    how: How = Field(sa_type=words(How))
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
