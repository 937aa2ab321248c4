"""Items of agendas, and the interests that members declare in them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row
from pyramid_app.base.db import words as one_of
from pyramid_app.meetings.agenda.rules import ItemKind, Word


class AgendaItem(Row, table=True):
    """``source`` says from what it was suggested (``step:…``); ``parked_from_id``: the item of an earlier meeting that
    came back, each once. ``asked_by_id``: the member who asked for it, told what becomes of it. ``decided`` with its
    ``note`` and ``reps_line`` are typed during the meeting; ``version`` rises with every change."""

    __tablename__ = "agenda_item"
    __table_args__ = (sa.UniqueConstraint("meeting_id", "source"),)

    id: UUID = Field(primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    position: int
    title: str = Field(max_length=120)
    words: str = Field(default="", sa_type=sa.Text)
    minutes: int
    kind: ItemKind = Field(sa_type=one_of(ItemKind))
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    brings_id: UUID | None = Field(default=None, foreign_key="person.id")
    source: str | None = Field(default=None, max_length=80)
    parked_from_id: UUID | None = Field(default=None, foreign_key="agenda_item.id", unique=True)
    asked_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    added_at: datetime
    version: int = 1
    decided: Word | None = Field(default=None, sa_type=one_of(Word))
    note: str = Field(default="", max_length=1000)
    reps_line: str = Field(default="", max_length=500)
    decided_at: datetime | None = None
    decided_by_id: UUID | None = Field(default=None, foreign_key="person.id")


class Interest(Row, table=True):
    """What a member has to do with an item beyond the Group; it stands beside the item."""

    __tablename__ = "interest"

    item_id: UUID = Field(primary_key=True, foreign_key="agenda_item.id", ondelete="CASCADE")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    said: str = Field(max_length=300)
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
