"""Looking at how a consultation was considered."""

from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.polls.considering.models import Point
from pyramid_app.polls.models import Poll
from pyramid_app.polls.rules import PollKind


def points_of(session: Session, poll: Poll) -> list[Point]:
    return list(session.exec(select(Point).where(Point.poll_id == poll.id).order_by(col(Point.position))))


def not_considered(session: Session, topic_id: UUID) -> list[Poll]:
    """Counted consultations of a topic that families have not heard the end of."""
    found = select(Poll).where(
        Poll.topic_id == topic_id,
        Poll.kind == PollKind.CONSULTATION,
        col(Poll.quorum_percent).is_(None),
        col(Poll.counted_at).is_not(None),
        col(Poll.considered_at).is_(None),
    )
    return list(session.exec(found.order_by(col(Poll.counted_at), col(Poll.id))))


def to_tell(session: Session) -> list[Poll]:
    """Considered, and not everybody who answered has been told."""
    found = select(Poll).where(col(Poll.considered_at).is_not(None), col(Poll.considered_told_at).is_(None))
    return list(session.exec(found.order_by(col(Poll.considered_at), col(Poll.id))))
