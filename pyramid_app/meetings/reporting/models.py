"""What each representative wrote after a meeting."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class ReportBack(Row, table=True):
    """A representative was asked about a meeting; the boxes are empty until she sends them, and she may mend them."""

    __tablename__ = "report_back"

    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)
    asked_at: datetime
    raised: str = Field(default="", sa_type=sa.Text)
    said: str = Field(default="", sa_type=sa.Text)
    next: str = Field(default="", sa_type=sa.Text)
    public: bool = False
    sent_at: datetime | None = None
