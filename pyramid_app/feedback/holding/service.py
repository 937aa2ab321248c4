"""Holding words back, agreeing to it or not, undoing it; and an objection, which another officer decides."""

from datetime import timedelta
from uuid import UUID

from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import Verdict
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.outbox.post import make_room, take_back
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.holding import letters
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.permissions import may_be_held, may_confirm, may_decide, may_object
from pyramid_app.feedback.holding.rules import (
    ANSWER_WORKING_DAYS,
    Did,
    Reason,
    needs_second,
    object_by,
    what_is_wrong_with_answer,
    what_is_wrong_with_holding,
    what_is_wrong_with_objection,
)
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.permissions import may_file
from pyramid_app.feedback.rules import Sorting
from pyramid_app.feedback.service import first_answer_key, hide_words, lock_voice
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date


def hold_back(work: Work, voice_id: UUID, reason: Reason | None, because: str) -> HeldBack:
    """Do not publish these words, for one of five reasons that their author reads. "Vexatious" is only proposed.

    Raises ``Invalid`` by field, ``Conflict`` where a colleague was first.
    """
    may_file(work.actor).enforce()
    voice, known = _lock(work, voice_id)
    _or_conflict(may_be_held(voice, known))
    wrong = what_is_wrong_with_holding(reason, because)
    if wrong or reason is None or work.actor.person_id is None:
        raise Invalid(wrong or {"reason": Say("Only a colleague with a name can hold words back.")})
    held = HeldBack(voice_id=voice_id, reason=reason, because=because, by_id=work.actor.person_id, at=work.now)
    work.session.add(held)
    if needs_second(reason):
        work.record(Did.PROPOSED, f"voice:{voice_id}")
    else:
        _hold(work, voice, held)
    return held


def confirm(work: Work, voice_id: UUID) -> HeldBack:
    """A second officer agrees. Raises ``NotAllowed`` for the one who proposed it, ``Conflict`` where it is decided."""
    may_file(work.actor).enforce()
    voice, held = _lock(work, voice_id)
    if held is None:
        raise Conflict(Say("A colleague has decided about this already."))
    _or_conflict(Verdict(held.confirmed_at is None, Say("A colleague has decided about this already.")))
    may_confirm(work.actor, held).enforce()
    _or_conflict(may_be_held(voice, None))
    held.second_by_id = work.actor.person_id
    work.record(Did.CONFIRMED, f"voice:{voice_id}")
    _hold(work, voice, held)
    return held


def decline(work: Work, voice_id: UUID) -> None:
    """It is not held back after all; the one who proposed it may say so, too. Raises ``Conflict``."""
    may_file(work.actor).enforce()
    _voice, held = _lock(work, voice_id)
    if held is None or held.confirmed_at:
        raise Conflict(Say("A colleague has decided about this already."))
    work.session.delete(held)
    work.record(Did.DECLINED, f"voice:{voice_id}")


def undo(work: Work, voice_id: UUID) -> None:
    """Back to the desk while the letter is here; what two had agreed on is proposed again. Raises ``Conflict``."""
    may_file(work.actor).enforce()
    voice, held = _lock(work, voice_id)
    if held is None or held.told_at is None or voice.sorted_as is not Sorting.HELD_BACK:
        return
    gone = not take_back(work.session, letter_key(voice_id)) if _is_written_to(voice) else False
    if gone or work.now >= held.told_at:
        raise Conflict(Say("The author has been told. It can't be taken back any more."))
    _to_desk(work, voice)
    if held.second_by_id:
        held.second_by_id = held.confirmed_at = held.told_at = None
    else:
        work.session.delete(held)
    work.record(Did.UNDONE, f"voice:{voice_id}")


def object_to(work: Work, voice_id: UUID, words: str) -> HeldBack:
    """The author does not agree: another officer looks, by a day. Raises ``Invalid`` at ``words``, ``NotAllowed``.

    Whoever calls has made sure that it is the author.
    """
    voice, held = _lock(work, voice_id)
    if held is None or voice.sorted_as is not Sorting.HELD_BACK:
        raise NotFound
    may_object(held, work.now).enforce()
    wrong = what_is_wrong_with_objection(words)
    if wrong:
        raise Invalid(wrong)
    held.objection, held.objected_at = words, work.now
    held.next_word_on = add_working_days(london_date(work.now), ANSWER_WORKING_DAYS)
    work.record(Did.OBJECTED, f"voice:{voice_id}")
    return held


def decide(work: Work, voice_id: UUID, *, publish: bool, answer: str) -> HeldBack:
    """Another officer decides about an objection: it goes back to be filed, or stays held back, and why.

    Raises ``Invalid`` at ``answer``, ``NotAllowed`` for those who held it back, ``Conflict`` where it is decided.
    """
    may_file(work.actor).enforce()
    voice, held = _lock(work, voice_id)
    if held is None or voice.sorted_as is not Sorting.HELD_BACK:
        raise Conflict(Say("A colleague has decided about this already."))
    _or_conflict(Verdict(held.answered_at is None, Say("A colleague has decided about this already.")))
    may_decide(work.actor, held).enforce()
    wrong = what_is_wrong_with_answer(answer)
    if wrong:
        raise Invalid(wrong)
    held.answered_at, held.answered_by_id, held.answer = work.now, work.actor.person_id, answer
    held.upheld, held.word_owed = not publish, False
    if publish:
        _to_desk(work, voice)
        # It is filed anew, and answered anew.
        make_room(work.session, first_answer_key(voice_id))
    work.record(Did.RELEASED if publish else Did.UPHELD, f"voice:{voice_id}")
    if _is_written_to(voice):
        area, said = settings_of(work.session, work.now), feedback.own_words(work.session, voice_id)
        draft = letters.answered(area, said, voice, held, by=work.actor.name)
        work.post(draft, key=f"objection-answered:{voice_id}")
    return held


def miss_answer(work: Work, voice_id: UUID) -> bool:
    """Nobody decided about an objection in time: say so, with a new date. Says whether a letter was written."""
    voice, held = _lock(work, voice_id)
    today = london_date(work.now)
    if held is None or held.answered_at or voice.sorted_as is not Sorting.HELD_BACK:
        return False
    if held.next_word_on is None or held.next_word_on >= today:
        return False
    missed, held.word_owed = held.next_word_on, True
    held.next_word_on = add_working_days(today, ANSWER_WORKING_DAYS)
    work.record(Did.ANSWER_LATE, f"voice:{voice_id}", missed=missed)
    if not _is_written_to(voice):
        return False
    area, said = settings_of(work.session, work.now), feedback.own_words(work.session, voice_id)
    draft = letters.late(area, said, voice, missed, held.next_word_on)
    return work.post(draft, key=f"objection-late:{voice_id}:{missed}")


def letter_key(voice_id: UUID) -> str:
    """The one letter that tells an author that her words are held back."""
    return f"held-back:{voice_id}"


def _hold(work: Work, voice: Voice, held: HeldBack) -> None:
    """It leaves the desk, and every page but its own. Its topic still tells its author what comes of it."""
    area = settings_of(work.session, work.now)
    voice.sorted_at, voice.sorted_as, voice.sorted_by_id = work.now, Sorting.HELD_BACK, work.actor.person_id
    voice.word_owed = False
    hide_words(work, voice.id)
    take_back(work.session, first_answer_key(voice.id))
    held.confirmed_at, held.told_at = work.now, work.now + timedelta(minutes=area.undo_minutes)
    work.session.flush()
    work.record(Did.HELD_BACK, f"voice:{voice.id}")
    if _is_written_to(voice):
        said, until = feedback.own_words(work.session, voice.id), object_by(london_date(held.told_at))
        draft = letters.held_back(area, said, voice, held, until=until, not_before=held.told_at)
        work.post(draft, key=letter_key(voice.id))


def _to_desk(work: Work, voice: Voice) -> None:
    """To be filed, with a day that is still to come."""
    today, days = london_date(work.now), settings_of(work.session, work.now).first_answer_working_days
    voice.topic_id = voice.sorted_at = voice.sorted_as = voice.sorted_by_id = None
    if voice.next_word_on <= today:
        voice.next_word_on = add_working_days(today, days)


def _or_conflict(verdict: Verdict) -> None:
    if not verdict:
        raise Conflict(verdict.reason or Say("Something changed while you were here."))


def _is_written_to(voice: Voice) -> bool:
    return voice.person_id is not None and voice.tell


def _lock(work: Work, voice_id: UUID) -> tuple[Voice, HeldBack | None]:
    """The voice's row is held first: two officers decide one after the other."""
    voice = lock_voice(work, voice_id)
    return voice, work.session.get(HeldBack, voice_id, with_for_update=True)
