"""Looking at checks: what an officer has to clear, what a reader has to read, what came of the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.feedback.checking.models import BlindCheck, BlindItem, BlindMark
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Sorting, Stage
from pyramid_app.kit.disclosure import Count, Shown, show


@dataclass(frozen=True)
class ToClear:
    """One message of the check for an officer: what was said, before the names are out."""

    item: BlindItem
    ref: str
    raw: str


def held_between(session: Session, start: datetime, end: datetime) -> list[UUID]:
    """What was held back by a decision of that half-open time and still is, and whose words are still here."""
    found = (
        select(HeldBack.voice_id)
        .join(Voice, col(Voice.id) == col(HeldBack.voice_id))
        .join(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(
            Voice.sorted_as == Sorting.HELD_BACK,
            col(HeldBack.confirmed_at) >= start,
            col(HeldBack.confirmed_at) < end,
        )
    )
    return list(session.exec(found.order_by(col(HeldBack.voice_id))))


def to_clear(session: Session) -> list[ToClear]:
    """For the desk: drawn, and the names are not out yet."""
    rows = session.exec(
        select(BlindItem, Voice.ref, VoiceText.text)
        .join(Voice, col(Voice.id) == col(BlindItem.voice_id))
        .outerjoin(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(BlindItem.words == "")
        .order_by(col(BlindItem.id))
    )
    return [ToClear(item, ref, raw or "") for item, ref, raw in rows]


def how_many_to_clear(session: Session) -> int:
    return session.exec(select(func.count()).where(BlindItem.words == "")).one()


def to_read(session: Session, person_id: UUID) -> list[BlindItem]:
    """For a reader: words without names and without our reason, in an order that tells nothing."""
    rows = session.exec(
        select(BlindItem)
        .join(BlindMark, col(BlindMark.item_id) == col(BlindItem.id))
        .where(BlindMark.person_id == person_id, col(BlindMark.hold_back).is_(None))
        .order_by(col(BlindItem.id))
    )
    return list(rows)


def items_of(session: Session, term_on: date) -> Sequence[BlindItem]:
    return session.exec(select(BlindItem).where(BlindItem.term_on == term_on).order_by(col(BlindItem.id))).all()


@dataclass(frozen=True)
class Result:
    """What the last finished check says. Under the small-number rule only words: ``agreed`` is empty then."""

    term_on: date
    read: Shown
    agreed: list[Shown]


def last_result(session: Session) -> Result | None:
    """For everybody: of so many messages, how many each reader would have held back, too."""
    last = session.exec(
        select(BlindCheck).where(col(BlindCheck.done_at).is_not(None)).order_by(col(BlindCheck.term_on).desc()).limit(1)
    ).first()
    if last is None:
        return None
    rows = session.exec(
        select(BlindMark.person_id, BlindMark.hold_back)
        .join(BlindItem, col(BlindItem.id) == col(BlindMark.item_id))
        .where(BlindItem.term_on == last.term_on)
    ).all()
    by_reader: dict[UUID, list[bool]] = {}
    for person_id, hold_back in rows:
        by_reader.setdefault(person_id, []).append(bool(hold_back))
    read = show(Count(len(items_of(session, last.term_on))))
    agreed = sorted((sum(marks) for marks in by_reader.values()), reverse=True)
    return Result(last.term_on, read, [show(Count(number)) for number in agreed] if read.number else [])
