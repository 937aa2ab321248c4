"""Finding an exercise for somebody: where they may not read about it, it is as if there were none."""

from datetime import datetime

from sqlmodel import Session, select

from pyramid_app.base.actor import Actor
from pyramid_app.base.errors import NotFound
from pyramid_app.meetings.exercises.models import Exercise
from pyramid_app.meetings.exercises.permissions import may_see
from pyramid_app.participation.group import queries as group


def get_exercise(session: Session, ref: str, actor: Actor, now: datetime) -> Exercise:
    """That exercise, if this person may read about it."""
    found = session.exec(select(Exercise).where(Exercise.ref == ref)).first()
    if found is None or not may_see(actor, found, group.is_member(session, actor.person_id, now), now):
        raise NotFound
    return found
