"""An outcome is one answer to a topic; it is never changed. A later one follows it, a correction of it is a new
version."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.topics.rules import State


class Outcome(Row, table=True):
    """What we did, are doing, or can't do. ``state`` is the topic's state that it brings about.

    It is public from ``published_at`` on, which lies ahead while partners look at it, unless it was taken back before.
    ``moved_at``: when the topic moved to its state.

    All versions of an answer share ``ref`` and ``answered_at``, when the first became public; ``corrects_id`` is the
    version before. Letters are written once for each ``telling_id``: a new version has its own only if people are told
    again.
    """

    __tablename__ = "outcome"
    __table_args__ = (sa.UniqueConstraint("ref", "version"),)

    id: UUID = Field(primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    state: State = Field(sa_type=words(State))
    you_said: str = Field(max_length=500)
    we_did: str = Field(sa_type=sa.Text)
    for_families: str = Field(default="", max_length=1000)
    evidence: str = Field(default="", max_length=500)
    evidence_file_id: UUID | None = Field(default=None, foreign_key="stored_file.id", index=True)
    done_on: date | None = None
    reason: str = Field(default="", max_length=1000)
    instead: str = Field(default="", max_length=500)
    to_whom: str = Field(default="", max_length=200)
    next_word_on: date | None = None
    by_id: UUID = Field(foreign_key="person.id")
    published_at: datetime = Field(index=True)
    moved_at: datetime | None = None
    taken_back_at: datetime | None = None
    told_at: datetime | None = None
    ref: str = Field(max_length=100)
    version: int = 1
    answered_at: datetime = Field(index=True)
    corrects_id: UUID | None = Field(default=None, foreign_key="outcome.id", unique=True)
    because: str = Field(default="", max_length=500)
    telling_id: UUID
