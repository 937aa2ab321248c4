"""Looking at what is held back: for the desk, for its author, and in numbers for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select

from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import Sorting
from pyramid_app.kit.disclosure import Count


@dataclass(frozen=True)
class Held:
    """A decision, or the proposal of one, and the voice it is about."""

    held: HeldBack
    voice: Voice


def find_held(session: Session, voice_id: UUID) -> HeldBack | None:
    return session.get(HeldBack, voice_id)


def of_voices(session: Session, voice_ids: Sequence[UUID], now: datetime) -> dict[UUID, HeldBack]:
    """What their authors know by now, by voice, in one query."""
    found = session.exec(
        select(HeldBack)
        .join(Voice, col(Voice.id) == col(HeldBack.voice_id))
        .where(
            col(HeldBack.voice_id).in_(voice_ids),
            col(HeldBack.told_at) <= now,
            or_(col(Voice.sorted_as).is_(None), Voice.sorted_as != Sorting.TAKEN_BACK),
        )
    )
    return {held.voice_id: held for held in found}


def find_told(session: Session, voice_id: UUID, now: datetime) -> HeldBack | None:
    """What the author of this voice knows by now."""
    return of_voices(session, [voice_id], now).get(voice_id)


def proposed(session: Session) -> list[Held]:
    """What needs a second officer, the oldest first."""
    waits = or_(col(Voice.sorted_as).is_(None), Voice.sorted_as == Sorting.FILED)
    return _list(session, col(HeldBack.confirmed_at).is_(None), waits)


def objections(session: Session) -> list[Held]:
    """What authors object to and nobody has decided, the nearest day first."""
    return _list(
        session,
        col(HeldBack.objected_at).is_not(None),
        col(HeldBack.answered_at).is_(None),
        Voice.sorted_as == Sorting.HELD_BACK,
    )


def overdue(session: Session, today: date) -> list[UUID]:
    """Voices whose author was promised an answer to her objection by a day that has passed."""
    return [one.held.voice_id for one in objections(session) if one.held.next_word_on and one.held.next_word_on < today]


def held_by_reason(session: Session, start: datetime, end: datetime) -> dict[Reason, Count]:
    """How many are held back by a decision of that half-open time; what was released or taken back is not among them.

    Only ``kit.disclosure`` shows them.
    """
    rows = session.exec(
        select(HeldBack.reason, func.count())
        .join(Voice, col(Voice.id) == col(HeldBack.voice_id))
        .where(
            Voice.sorted_as == Sorting.HELD_BACK,
            col(HeldBack.confirmed_at) >= start,
            col(HeldBack.confirmed_at) < end,
        )
        .group_by(col(HeldBack.reason))
    )
    counted = dict(rows.all())
    return {reason: Count(counted.get(reason, 0)) for reason in Reason}


def _list(session: Session, *which: sa.ColumnElement[bool] | bool) -> list[Held]:
    rows = session.exec(
        select(HeldBack, Voice)
        .join(Voice, col(Voice.id) == col(HeldBack.voice_id))
        .where(*which)
        .order_by(col(HeldBack.next_word_on), col(HeldBack.at), col(HeldBack.voice_id))
    )
    return [Held(held, voice) for held, voice in rows]
