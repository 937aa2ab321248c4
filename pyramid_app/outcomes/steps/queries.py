"""Looking at steps: those of a topic with every date they had, and those that are late or soon due."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.kit.texts import london_midnight
from pyramid_app.outcomes.steps.models import Step, StepDate
from pyramid_app.outcomes.steps.rules import SOON, Kept, State, kept, state_of
from pyramid_app.partners.models import Partner
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic


@dataclass(frozen=True)
class Line:
    """A step as people read it. ``dates`` are all days it was promised for, the first one first."""

    step: Step
    partner: str
    state: State
    dates: Sequence[StepDate]


@dataclass(frozen=True)
class Due:
    """A step that is late, or soon due, and its topic."""

    step: Step
    partner: str
    topic: Topic
    state: State


@dataclass(frozen=True)
class ToDo:
    """A step that is still promised, and the name of who does it."""

    step: Step
    partner: str


@dataclass(frozen=True)
class Judged:
    """A step, the topic under which it is read, the day it was promised for first, and what became of it."""

    step: Step
    partner: str
    topic: Topic
    first_due: date
    kept: Kept


def get_step(session: Session, topic_id: UUID, step_id: UUID) -> Step:
    """That step, if it belongs to that topic."""
    step = session.get(Step, step_id)
    if step is None or step.topic_id != topic_id:
        raise NotFound
    return step


def of_topic(session: Session, topic_id: UUID, today: date) -> list[Line]:
    """What happens next, the nearest day first; then what is done, then what was stopped."""
    rows = session.exec(
        select(Step, Partner.name)
        .join(Partner, col(Partner.slug) == col(Step.partner))
        .where(col(Step.topic_id).in_(topics.gathered(topic_id)))
        .order_by(col(Step.due_on), col(Step.id))
    ).all()
    dates = _dates(session, topic_id)
    found = [Line(step, partner, state_of(step, today), dates.get(step.id, ())) for step, partner in rows]
    return sorted(found, key=lambda line: (line.state is State.STOPPED, line.state is State.DONE))


def still_to_do(session: Session, topic_ids: Collection[UUID]) -> dict[UUID, list[ToDo]]:
    """By topic, what is promised and neither done nor stopped, the nearest day first; in one query."""
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    rows = session.exec(
        select(root, Step, Partner.name)
        .select_from(Step)
        .join(Partner, col(Partner.slug) == col(Step.partner))
        .join(Topic, col(Topic.id) == col(Step.topic_id))
        .where(root.in_(topic_ids), col(Step.done_at).is_(None), col(Step.stopped_at).is_(None))
        .order_by(col(Step.due_on), col(Step.id))
    )
    found: dict[UUID, list[ToDo]] = {}
    for topic_id, step, partner in rows:
        found.setdefault(topic_id, []).append(ToDo(step, partner))
    return found


def about(session: Session, topic_ids: Collection[UUID], today: date, *, since: datetime) -> list[Due]:
    """Steps of these topics that are promised still, or that ended after ``since``; the nearest day first."""
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    ended = func.coalesce(Step.done_at, Step.stopped_at)
    rows = session.exec(
        select(Step, Partner.name, Topic)
        .join(Partner, col(Partner.slug) == col(Step.partner))
        .join(Topic, col(Topic.id) == col(Step.topic_id))
        .where(root.in_(topic_ids), ended.is_(None) | (ended >= since))
        .order_by(col(Step.due_on), col(Step.id))
    )
    return [Due(step, partner, topic, state_of(step, today)) for step, partner, topic in rows]


def late_steps(session: Session, today: date) -> list[Due]:
    """For the desk: steps that are late, and those due within a week; the oldest day first."""
    rows = session.exec(
        select(Step, Partner.name, Topic)
        .join(Partner, col(Partner.slug) == col(Step.partner))
        .join(Topic, col(Topic.id) == col(Step.topic_id))
        .where(col(Step.done_at).is_(None), col(Step.stopped_at).is_(None), col(Step.due_on) <= today + SOON)
        .order_by(col(Step.due_on), col(Step.id))
    )
    return [Due(step, partner, topic, state_of(step, today)) for step, partner, topic in rows]


def since(session: Session, topic_ids: Collection[UUID], first: date, today: date) -> list[Judged]:
    """Of these topics and what was merged into them: what ended since that day, and what is still promised; the newest
    day first, in one query."""
    own, root = aliased(Topic), aliased(Topic)
    promised = (
        sa.select(col(StepDate.due_on))
        .where(col(StepDate.step_id) == col(Step.id))
        .order_by(col(StepDate.at), col(StepDate.id))
        .limit(1)
        .scalar_subquery()
    )
    still = col(Step.done_at).is_(None) & col(Step.stopped_at).is_(None)
    rows = session.execute(
        sa.select(Step, col(Partner.name), root, func.coalesce(promised, col(Step.due_on)))
        .join(Partner, col(Partner.slug) == col(Step.partner))
        .join(own, col(own.id) == col(Step.topic_id))
        .join(root, col(root.id) == func.coalesce(own.merged_into_id, own.id))
        .where(
            col(root.id).in_(topic_ids),
            still | (col(Step.done_on) >= first) | (col(Step.stopped_at) >= london_midnight(first)),
        )
        .order_by(col(Step.due_on).desc(), col(Step.id))
    )
    return [
        Judged(step, partner, topic, due, kept(step.done_on, step.stopped_at, due, today))
        for step, partner, topic, due in rows
    ]


def _dates(session: Session, topic_id: UUID) -> dict[UUID, list[StepDate]]:
    found: dict[UUID, list[StepDate]] = {}
    rows = session.exec(
        select(StepDate)
        .join(Step, col(Step.id) == col(StepDate.step_id))
        .where(col(Step.topic_id).in_(topics.gathered(topic_id)))
        .order_by(col(StepDate.at), col(StepDate.id))
    )
    for row in rows:
        found.setdefault(row.step_id, []).append(row)
    return found
