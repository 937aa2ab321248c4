"""A poll, its questions and options, and the stored tallies. Answers are envelopes in ``ballots``."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.polls.kinds import QuestionKind


class Poll(Row, table=True):
    """A poll about a topic. Times say where it is in its life: scheduled, open, closed, counted, told.

    ``version`` counts edits, so that two officers cannot overwrite each other.
    """

    __tablename__ = "poll"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=80)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    title: str = Field(max_length=120)
    why: str = Field(default="", max_length=1000)
    who_decides: str = Field(default="", max_length=200)
    where_decided: str = Field(default="", max_length=200)
    decided_on: date | None = None
    can_change: str = Field(default="", max_length=500)
    cannot_change: str = Field(default="", max_length=500)
    next_what: str = Field(default="", max_length=300)
    next_by: date | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    minutes: int = 2
    version: int = 1
    written_at: datetime
    written_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    scheduled_at: datetime | None = None
    invited_at: datetime | None = None
    counted_at: datetime | None = None
    told_at: datetime | None = None
    ballot_id: bytes | None = Field(default=None, sa_type=sa.LargeBinary, foreign_key="ballot.id", unique=True)


class Question(Row, table=True):
    """One to four of them. ``at_most`` is how many options may be chosen where ``kind`` is several."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("poll_id", "position"),)

    id: UUID = Field(primary_key=True)
    poll_id: UUID = Field(foreign_key="poll.id")
    position: int
    text: str = Field(max_length=300)
    kind: QuestionKind = Field(sa_type=words(QuestionKind))
    at_most: int = 1


class Option(Row, table=True):
    """A name and what it means. "Not sure" is always there and is no row."""

    __tablename__ = "option"
    __table_args__ = (sa.UniqueConstraint("question_id", "position"),)

    id: UUID = Field(primary_key=True)
    question_id: UUID = Field(foreign_key="question.id")
    position: int
    name: str = Field(max_length=200)
    meaning: str = Field(default="", max_length=300)


class Tally(Row, table=True):
    """How often an option was chosen, written once at the count. ``option_id`` empty: "not sure"."""

    __tablename__ = "tally"
    __table_args__ = (sa.UniqueConstraint("question_id", "option_id"),)

    id: UUID = Field(primary_key=True)
    question_id: UUID = Field(foreign_key="question.id", index=True)
    option_id: UUID | None = Field(default=None, foreign_key="option.id")
    chosen: int


class Turnout(Row, table=True):
    """How many were asked and answered, written once at the count."""

    __tablename__ = "turnout"

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    on_roll: int
    answered: int
    joined_while_open: int
    spoilt: int
