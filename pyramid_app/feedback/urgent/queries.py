"""Looking at what may be urgent and nobody has seen to."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, func, or_, select

from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import COUNTED


def unseen(session: Session) -> list[UUID]:
    """Messages that may be urgent, also those filed or handed over: only "I have seen to it" ends the ringing."""
    return list(
        session.exec(
            select(Voice.id)
            .where(
                col(Voice.urgent_at).is_not(None),
                col(Voice.urgent_seen_at).is_(None),
                or_(col(Voice.sorted_as).is_(None), col(Voice.sorted_as).in_(COUNTED)),
            )
            .order_by(col(Voice.urgent_at), col(Voice.id))
        )
    )


def first_rung_at(session: Session, voice_id: UUID) -> datetime | None:
    """When somebody was first told about this message."""
    return session.exec(select(func.min(Letter.posted_at)).where(Letter.about == about(voice_id))).one()


def about(voice_id: UUID) -> str:
    """What letters about an urgent message hang on: nothing in them has to be forgotten with the words."""
    return f"urgent:{voice_id}"
