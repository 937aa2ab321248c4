"""A notice, and the topics whose listeners get it. Once it has left it is never changed."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class Notice(Row, table=True):
    """``level``: whoever stands there or higher gets it. ``leaves_at``: until then it can be taken back;
    ``begun_at`` is the first letter, ``told_at`` the last."""

    __tablename__ = "notice"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=80)
    title: str = Field(max_length=120)
    words: str = Field(default="", sa_type=sa.Text)
    link: str = Field(default="", max_length=300)
    until_on: date | None = None
    level: str | None = Field(default=None, foreign_key="level.slug", max_length=40)
    by_id: UUID = Field(foreign_key="person.id")
    written_at: datetime
    published_at: datetime | None = None
    leaves_at: datetime | None = Field(default=None, index=True)
    begun_at: datetime | None = None
    told_at: datetime | None = None


class NoticeTopic(Row, table=True):
    """Whoever hears about this topic gets the notice."""

    __tablename__ = "notice_topic"

    notice_id: UUID = Field(primary_key=True, foreign_key="notice.id")
    topic_id: UUID = Field(primary_key=True, foreign_key="topic.id", index=True)
