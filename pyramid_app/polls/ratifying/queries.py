"""Looking for votes on drafts that are counted."""

from sqlmodel import Session, col, select

from pyramid_app.polls.models import Poll


def to_decide(session: Session) -> list[Poll]:
    """Counted votes on drafts that are neither adopted nor fell yet."""
    found = select(Poll).where(
        col(Poll.quorum_percent).is_not(None), col(Poll.counted_at).is_not(None), col(Poll.decided_at).is_(None)
    )
    return list(session.exec(found.order_by(col(Poll.counted_at), col(Poll.id))))
