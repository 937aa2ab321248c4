"""Looking at exercises. Every number of people is a ``Count``."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from pyramid_app.base.errors import NotFound
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.disclosure import Count
from pyramid_app.meetings.exercises.models import Exercise, ExerciseCame, ExerciseVoice
from pyramid_app.meetings.exercises.rules import Came
from pyramid_app.topics import queries as topics

SHOWN, NEXT = 50, 3


@dataclass(frozen=True)
class Story:
    """What came of an exercise: who came, how many notes became voices, which of them anybody may read."""

    came: dict[Came, Count]
    notes: Count
    quotes: list[str]


def get_held(session: Session, exercise_id: UUID) -> Exercise:
    """Until the act ends, nobody else changes it or writes down what came of it."""
    chosen = select(Exercise).where(Exercise.id == exercise_id).with_for_update()
    found = session.exec(chosen.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    return found


def list_exercises(session: Session) -> list[Exercise]:
    """The newest day first, also those to come."""
    return list(session.exec(select(Exercise).order_by(col(Exercise.starts_at).desc(), col(Exercise.id)).limit(SHOWN)))


def of_topic(session: Session, topic_id: UUID, now: datetime) -> list[Exercise]:
    """Those that anybody may read of, about this topic or what was merged into it, the newest first."""
    public = or_(Exercise.ends_at <= now, col(Exercise.is_open))
    chosen = select(Exercise).where(col(Exercise.topic_id).in_(topics.gathered(topic_id)), public)
    return list(session.exec(chosen.order_by(col(Exercise.starts_at).desc(), col(Exercise.id))))


def coming(session: Session, now: datetime) -> list[Exercise]:
    """On now or still to come, the first of them first: for those who plan."""
    return list(session.exec(_coming(now)))


def to_come_to(session: Session, now: datetime) -> list[Exercise]:
    """The next ones to which any family may come, the first of them first."""
    return list(session.exec(_coming(now).where(col(Exercise.is_open)).limit(NEXT)))


def _coming(now: datetime) -> SelectOfScalar[Exercise]:
    return select(Exercise).where(Exercise.ends_at > now).order_by(col(Exercise.starts_at), col(Exercise.id))


def came_of(session: Session, exercise_id: UUID) -> dict[Came, int]:
    """As it was typed: for whoever mends it. A page for others takes ``story_of``."""
    rows = session.exec(select(ExerciseCame).where(ExerciseCame.exercise_id == exercise_id))
    return {row.kind: row.number for row in rows}


def story_of(session: Session, exercise_id: UUID) -> Story:
    came = came_of(session, exercise_id)
    voices = select(ExerciseVoice.voice_id).where(ExerciseVoice.exercise_id == exercise_id)
    notes = session.exec(select(func.count()).where(ExerciseVoice.exercise_id == exercise_id)).one()
    return Story(
        {kind: Count(came[kind]) for kind in Came if came.get(kind)}, Count(notes), feedback.public_of(session, voices)
    )
