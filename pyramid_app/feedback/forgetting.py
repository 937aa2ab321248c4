"""Words that are taken back or forgotten go from letters, from notes, from wherever else they lie, too.

Rows stay, so that it can be seen that there was a letter, a hand-over, a decision.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, delete, func, select, update

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import take_back as keep_letter_here
from pyramid_app.base.outbox.rules import Unsent
from pyramid_app.base.work import Work
from pyramid_app.feedback.checking.models import BlindItem, BlindMark
from pyramid_app.feedback.filing.models import DeskNote
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.own_child.models import HandOver
from pyramid_app.feedback.rules import Did, Naming, Sorting, Stage, shortened
from pyramid_app.feedback.service import first_answer_key, lock_voice


def forget_case(work: Work, voice_id: UUID) -> None:
    """The days are over: the words, the number and every copy of them here go. That there was a voice still counts."""
    lock_voice(work, voice_id)
    forget_words(work, [voice_id])


def take_back(work: Work, voice_id: UUID) -> None:
    """The speaker takes her words back: all three texts go, nobody reads or counts them; that there was one stays."""
    voice = lock_voice(work, voice_id)
    keep_letter_here(work.session, first_answer_key(voice.id))
    forget_words(work, [voice_id])
    voice.topic_id = voice.person_id = voice.assigned_to_id = voice.handed_at = None
    voice.naming, voice.word_owed = Naming.UNNAMED, False
    voice.sorted_at, voice.sorted_as, voice.sorted_by_id = work.now, Sorting.TAKEN_BACK, None
    work.record(Did.TAKEN_BACK, f"voice:{voice_id}")


def forget_person(work: Work, person_id: UUID) -> None:
    """Somebody is erased: her words go and nothing leads to her; that a voice was heard, and where, still counts."""
    voices = work.session.exec(select(Voice.id).where(Voice.person_id == person_id).with_for_update()).all()
    forget_words(work, voices)
    gone = {"person_id": None, "naming": Naming.UNNAMED, "may_quote": False}
    work.session.exec(update(Voice).where(col(Voice.id).in_(voices)).values(**gone))
    # What a place has not confirmed can't be read there any more: there is nothing left to wait for.
    waits = col(Voice.handed_at).is_not(None) & col(Voice.sorted_at).is_(None)
    there = {"sorted_at": work.now, "sorted_as": Sorting.HANDED_OVER, "word_owed": False}
    work.session.exec(update(Voice).where(col(Voice.id).in_(voices), waits).values(**there))


def forget_words(work: Work, voice_ids: Sequence[UUID]) -> None:
    """All texts of these voices go, and every copy of them."""
    _forget_copies(work, voice_ids)
    work.session.exec(delete(VoiceText).where(col(VoiceText.voice_id).in_(voice_ids)))
    for voice_id in voice_ids:
        work.record(Did.WORDS_FORGOTTEN, f"voice:{voice_id}")


def _forget_copies(work: Work, voice_ids: Sequence[UUID]) -> None:
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
    session.exec(update(Letter).where(*waits).values(refused_at=work.now, refused=Unsent.NOT_NEEDED))
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
