"""Exercises, who came to them, and which voices came out of them."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.meetings.exercises.rules import Came, Degree, ExerciseKind


class Exercise(Row, table=True):
    """Whether it was held follows from ``ends_at`` and the clock. ``version`` rises with every change."""

    __tablename__ = "exercise"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=90)
    kind: ExerciseKind = Field(sa_type=words(ExerciseKind))
    degree: Degree = Field(sa_type=words(Degree))
    title: str = Field(max_length=120)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
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


class ExerciseCame(Row, table=True):
    """So many of one kind came."""

    __tablename__ = "exercise_came"

    exercise_id: UUID = Field(primary_key=True, foreign_key="exercise.id")
    kind: Came = Field(primary_key=True, sa_type=words(Came))
    number: int


class ExerciseVoice(Row, table=True):
    """A note that became a voice."""

    __tablename__ = "exercise_voice"

    exercise_id: UUID = Field(primary_key=True, foreign_key="exercise.id")
    voice_id: UUID = Field(primary_key=True, foreign_key="voice.id")
