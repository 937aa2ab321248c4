"""Where a voice's words lie beside its texts: letters, colleagues' notes, a number to ring, an objection. They go, too.

Rows stay, so that it can be seen that there was a letter, a hand-over, a decision.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, delete, func, select, update

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.work import Work
from pyramid_app.feedback.checking.models import BlindItem, BlindMark
from pyramid_app.feedback.filing.models import DeskNote
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.rules import Stage, shortened


def forget_copies(work: Work, voice_ids: Sequence[UUID]) -> None:
    """Everything but the texts themselves, which are still there: they say which letters quote them."""
    _empty_letters(work, voice_ids)
    session = work.session
    session.exec(delete(DeskNote).where(col(DeskNote.voice_id).in_(voice_ids)))
    drawn = select(BlindItem.id).where(col(BlindItem.voice_id).in_(voice_ids))
    session.exec(delete(BlindMark).where(col(BlindMark.item_id).in_(drawn)))
    session.exec(delete(BlindItem).where(col(BlindItem.voice_id).in_(voice_ids)))
    gone = {"phone": "", "consent": "", "text_gone_at": work.now}
    session.exec(update(HandOver).where(col(HandOver.voice_id).in_(voice_ids)).values(**gone))
    nothing = {"because": "", "objection": "", "answer": ""}
    session.exec(update(HeldBack).where(col(HeldBack.voice_id).in_(voice_ids)).values(**nothing))


def _empty_letters(work: Work, voice_ids: Sequence[UUID]) -> None:
    """Letters about these words lose their text, and those that still wait are not needed any more. Letters about a
    topic that quote them lose the quotation alone: whoever is told there is told all the same."""
    session = work.session
    hang = col(Letter.about).in_([f"voice:{voice_id}" for voice_id in voice_ids])
    waits = (hang, col(Letter.sent_at).is_(None), col(Letter.refused_at).is_(None))
    session.exec(update(Letter).where(*waits).values(refused_at=work.now, refused="no longer needed"))
    session.exec(update(Letter).where(hang).values(text=""))
    for person_id, said in _said(session, voice_ids):
        quotes = (col(Letter.person_id) == person_id, col(Letter.text).contains(said, autoescape=True))
        session.exec(update(Letter).where(*quotes).values(text=func.replace(Letter.text, said, "“…”")))


def _said(session: Session, voice_ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Each speaker with her words as letters quote them."""
    rows = session.exec(
        select(Voice.person_id, VoiceText.text, VoiceText.original)
        .join(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(col(Voice.id).in_(voice_ids), col(Voice.person_id).is_not(None))
    )
    return [(person_id, f"“{shortened(original or text)}”") for person_id, text, original in rows if person_id]
