"""Looking at meetings."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.base.errors import NotFound
from pyramid_app.meetings.models import Meeting
from pyramid_app.participation.group import queries as group
from pyramid_app.participation.group.queries import Member

SHOWN = 50


def get_held(session: Session, meeting_id: UUID) -> Meeting:
    """That meeting; until the act ends, nobody else changes it, its agenda or who is there."""
    meeting = session.exec(
        select(Meeting).where(Meeting.id == meeting_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if meeting is None:
        raise NotFound
    return meeting


def coming(session: Session, now: datetime) -> list[Meeting]:
    """On now or still to come, the nearest first."""
    chosen = select(Meeting).where(col(Meeting.called_off_at).is_(None), Meeting.ends_at > now)
    return list(session.exec(chosen.order_by(col(Meeting.starts_at), col(Meeting.id))))


def past(session: Session, now: datetime) -> list[Meeting]:
    """Over or called off, the newest first."""
    chosen = select(Meeting).where((col(Meeting.ends_at) <= now) | col(Meeting.called_off_at).is_not(None))
    return list(session.exec(chosen.order_by(col(Meeting.starts_at).desc(), col(Meeting.id)).limit(SHOWN)))


def find_next(session: Session, now: datetime, besides: UUID | None = None) -> Meeting | None:
    """The nearest meeting that has not begun."""
    chosen = select(Meeting).where(
        col(Meeting.called_off_at).is_(None), col(Meeting.closed_at).is_(None), Meeting.starts_at > now
    )
    if besides:
        chosen = chosen.where(Meeting.id != besides)
    return session.exec(chosen.order_by(col(Meeting.starts_at), col(Meeting.id)).limit(1)).first()


def members_at(session: Session, meeting: Meeting, now: datetime) -> list[Member]:
    """Who belongs to the Group at this meeting: before it those who will, afterwards those who did."""
    return group.members(session, meeting.closed_at or min(max(now, meeting.starts_at), meeting.ends_at))
