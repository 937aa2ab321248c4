"""A voice: one person's words, in three texts that are kept apart so that a page can only query the one it may show."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.feedback.rules import About, Channel, Naming, Sorting, Speaker, Stage


class Voice(Row, table=True):
    """What one person said, without the words. ``person_id`` is empty where they did not say who they are.

    ``asked``: the question that the words answer, if a poll brought them; ``suggested_topic_id``: its topic.
    ``may_quote`` (publish my words) and ``tell`` (let me hear) are two consents; ``naming`` says who may know the name.
    ``entered_by_id`` and ``consent``: who wrote it down for somebody else, and how they said yes; ``said_on``: the day
    on which it was said, where that was not the day on which it came.
    ``form_id``: of the page, or the line of a list, that brought it, so that sending it twice brings it once.
    ``handed_at``: it went to the place that its speaker picked, and is open until that place says that it arrived.
    ``sorted_at``: it left the desk, ``sorted_as`` where to. One's own child's voice may count in a topic before that.
    """

    __tablename__ = "voice"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=20)
    about: About = Field(sa_type=words(About))
    speaker: Speaker = Field(sa_type=words(Speaker))
    channel: Channel = Field(sa_type=words(Channel))
    language: str = Field(default="en", max_length=12)
    naming: Naming = Field(default=Naming.UNNAMED, sa_type=words(Naming))
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    entered_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    consent: str = Field(default="", max_length=200)
    may_quote: bool = False
    tell: bool = True
    asked: str = Field(default="", max_length=300)
    suggested_topic_id: UUID | None = Field(default=None, foreign_key="topic.id")
    form_id: UUID | None = Field(default=None, index=True, unique=True)
    said_on: date | None = None
    received_at: datetime = Field(index=True)
    mended_at: datetime | None = None
    next_word_on: date = Field(index=True)
    word_owed: bool = False
    urgent_at: datetime | None = Field(default=None, index=True)
    urgent_seen_at: datetime | None = None
    urgent_seen_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    assigned_to_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    handed_at: datetime | None = None
    topic_id: UUID | None = Field(default=None, foreign_key="topic.id", index=True)
    sorted_at: datetime | None = Field(default=None, index=True)
    sorted_as: Sorting | None = Field(default=None, sa_type=words(Sorting))
    sorted_by_id: UUID | None = Field(default=None, foreign_key="person.id")


class VoiceText(Row, table=True):
    """One of the three texts of a voice. ``original``: the same in the speaker's language, where ``text`` translates
    it; ``translated_by_id`` and ``translated_how`` say who did and how."""

    __tablename__ = "voice_text"

    voice_id: UUID = Field(primary_key=True, foreign_key="voice.id")
    stage: Stage = Field(primary_key=True, sa_type=words(Stage))
    text: str = Field(sa_type=sa.Text)
    original: str = Field(default="", sa_type=sa.Text)
    translated_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    translated_how: str = Field(default="", max_length=120)
