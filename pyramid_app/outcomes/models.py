"""An outcome is one answer to a topic; it is never changed, a later one follows it."""

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
    """

    __tablename__ = "outcome"

    id: UUID = Field(primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    state: State = Field(sa_type=words(State))
    you_said: str = Field(max_length=500)
    we_did: str = Field(sa_type=sa.Text)
    for_families: str = Field(default="", max_length=1000)
    evidence: str = Field(default="", max_length=500)
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
