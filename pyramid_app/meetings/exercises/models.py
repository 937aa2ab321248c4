"""Exercises, who came to them, and which voices came out of them."""

from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.meetings.exercises.rules import Came, Degree, ExerciseKind
from pyramid_app.meetings.models import Occasion


class Exercise(Occasion, table=True):
    """Whether it was held follows from ``ends_at`` and the clock. ``is_open``: any family may come."""

    __tablename__ = "exercise"

    kind: ExerciseKind = Field(sa_type=words(ExerciseKind))
    degree: Degree = Field(sa_type=words(Degree))
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    is_open: bool = False


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
