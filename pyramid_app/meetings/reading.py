"""Finding a meeting for somebody: where they may not read it, it is as if there were none."""

from datetime import datetime

from sqlmodel import Session, select

from pyramid_app.base.actor import Actor
from pyramid_app.base.errors import NotFound
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead, may_read
from pyramid_app.participation.group import queries as group


def check_may_read(session: Session, actor: Actor, now: datetime) -> None:
    if not may_read(actor, group.is_member(session, actor.person_id, now)):
        raise NotFound


def get_readable(session: Session, ref: str, actor: Actor, now: datetime) -> Meeting:
    """That meeting, if this person may read about meetings."""
    check_may_read(session, actor, now)
    meeting = session.exec(select(Meeting).where(Meeting.ref == ref)).first()
    if meeting is None:
        raise NotFound
    return meeting


def get_led(session: Session, ref: str, actor: Actor, now: datetime) -> Meeting:
    """That meeting, for a chair."""
    if not may_lead(actor):
        raise NotFound
    return get_readable(session, ref, actor, now)
