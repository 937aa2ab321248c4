"""A voice: one person's words, in three texts that are kept apart so that a page can only query the one it may show."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.feedback.rules import About, Channel, Speaker, Stage


class Voice(Row, table=True):
    """What one person said, without the words. ``person_id`` is empty where they did not say who they are.

    ``asked``: the question that the words answer, if a poll brought them; ``suggested_topic_id``: its topic.
    ``may_quote`` (publish my words) and ``tell`` (let me hear) are two consents. ``letter_key`` is the first answer's.
    """

    __tablename__ = "voice"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=20)
    about: About = Field(sa_type=words(About))
    speaker: Speaker = Field(sa_type=words(Speaker))
    channel: Channel = Field(sa_type=words(Channel))
    language: str = Field(default="en", max_length=12)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    may_quote: bool = False
    tell: bool = True
    asked: str = Field(default="", max_length=300)
    suggested_topic_id: UUID | None = Field(default=None, foreign_key="topic.id")
    received_at: datetime = Field(index=True)
    next_word_on: date = Field(index=True)
    word_owed: bool = False
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    filed_at: datetime | None = None
    filed_by_id: UUID | None = Field(default=None, foreign_key="person.id")


class VoiceText(Row, table=True):
    """One of the three texts of a voice."""

    __tablename__ = "voice_text"

    voice_id: UUID = Field(primary_key=True, foreign_key="voice.id")
    stage: Stage = Field(primary_key=True, sa_type=words(Stage))
    text: str = Field(sa_type=sa.Text)
