"""Items that members asked for, and what they were told."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class AskedItem(Row, table=True):
    """``answer_by_on`` is fixed when it is asked. ``item_id`` is set with a yes, ``because`` says why not."""

    __tablename__ = "asked_item"

    id: UUID = Field(primary_key=True)
    by_id: UUID = Field(foreign_key="person.id", index=True)
    title: str = Field(max_length=120)
    words: str = Field(default="", sa_type=sa.Text)
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id")
    asked_at: datetime
    answer_by_on: date
    answered_at: datetime | None = None
    answered_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    yes: bool | None = None
    because: str = Field(default="", max_length=500)
    item_id: UUID | None = Field(default=None, foreign_key="agenda_item.id")
