"""Meetings of the Group."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class Occasion(Row):
    """People come together at a time and a place: the columns of a meeting and of an exercise.

    ``version`` rises with every change.
    """

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=90)
    title: str = Field(max_length=120)
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    place: str = Field(default="", max_length=200)
    link: str = Field(default="", max_length=300)
    times: str = Field(default="", max_length=300)
    childcare: str = Field(default="", max_length=300)
    travel: str = Field(default="", max_length=300)
    interpreter: str = Field(default="", max_length=300)
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    written_at: datetime
    version: int = 1


class Meeting(Occasion, table=True):
    """Its ``version`` rises also with the order of the agenda. ``published_at``: members have the agenda.
    ``closed_at``: nothing about it changes any more. ``reports_at``: representatives were asked to write;
    ``briefed_at``: members were sent what to read before it."""

    __tablename__ = "meeting"

    published_at: datetime | None = None
    called_off_at: datetime | None = None
    because: str = Field(default="", max_length=500)
    closed_at: datetime | None = None
    reports_at: datetime | None = None
    briefed_at: datetime | None = None
