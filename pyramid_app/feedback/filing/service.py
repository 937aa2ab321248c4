"""Sorting what waits: filing is answering; thanking, asking a colleague, clearing, moving; and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select
from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.outbox.post import take_back
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries
from pyramid_app.feedback.filing import letters
from pyramid_app.feedback.filing.models import DeskNote
from pyramid_app.feedback.filing.rules import Did, what_is_wrong_with_split
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.permissions import may_be_published, may_file
from pyramid_app.feedback.rules import About, Sorting, Stage, propose_cleared
from pyramid_app.feedback.rules import Did as Heard
from pyramid_app.feedback.service import add_translation, first_answer_key, hide_words, lock_voice
from pyramid_app.kit.disclosure import show, show_live
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.models import Topic
from pyramid_app.topics.rules import SETTLED


def file_voice(work: Work, voice_id: UUID, topic_id: UUID, *, cleared: str, note: str = "") -> Voice:
    """Put a voice under a topic. The same act clears its words and writes the first answer, which waits a while.

    Raises ``Conflict`` if it is sorted already, ``Invalid`` where cleared words or a translation are missing.
    """
    may_file(work.actor).enforce()
    voice, topic = lock_voice(work, voice_id), topics.get_topic_by_id(work.session, topic_id)
    _refuse_sorted(work, voice)
    if topic.state in SETTLED or topic.merged_into_id:
        raise Invalid({"topic": Say("This topic is finished. Choose another one, or start a new one.")})
    _refuse_unread(work, voice)
    if voice.about is About.SYSTEM and not cleared:
        raise Invalid({"cleared": Say("Write the words without names.")})
    words = answer_words(work.session, work.now, work.actor.name, voice, topic, note)
    voice.topic_id = topic_id
    if voice.handed_at is None:
        _sorted(work, voice, Sorting.FILED)
    _clear(work, voice, cleared)
    _answer(work, voice, words, topic)
    work.record(Heard.FILED, f"voice:{voice.id}", topic=topic_id)
    return voice


def file_block(work: Work, cleared: Mapping[UUID, str], topic_id: UUID, note: str = "") -> list[Voice]:
    """Put several that say the same under one topic, in one act: all of them, or none."""
    return [file_voice(work, voice_id, topic_id, cleared=words, note=note) for voice_id, words in cleared.items()]


def thank(work: Work, voice_id: UUID, note: str = "") -> Voice:
    """It says thank you and asks for nothing: answer so. Raises ``Conflict`` if it is sorted already."""
    may_file(work.actor).enforce()
    voice = lock_voice(work, voice_id)
    _refuse_sorted(work, voice)
    area, said = settings_of(work.session, work.now), queries.own_words(work.session, voice_id)
    words = letters.thanks_words(area, said, name=_name(work.session, voice), by=work.actor.name, note=note)
    _sorted(work, voice, Sorting.THANKED)
    _answer(work, voice, words, None)
    work.record(Did.THANKED, f"voice:{voice_id}")
    return voice


def set_aside(work: Work, voice_id: UUID) -> None:
    """A machine wrote it (a bounce, an out-of-office note): nobody is answered, and it is not counted."""
    may_file(work.actor).enforce()
    voice = lock_voice(work, voice_id)
    _refuse_sorted(work, voice)
    _sorted(work, voice, Sorting.NOT_A_MESSAGE)
    work.record(Did.NOT_A_MESSAGE, f"voice:{voice_id}")


def answer_words(session: Session, now: datetime, by: str, voice: Voice, topic: Topic, note: str) -> Words:
    """What the first answer to this voice says, if ``by`` files it under that topic now."""
    return letters.first_answer_words(
        settings_of(session, now),
        topic,
        topics.links_of(session, topic.id),
        show_live(queries.count_voices(session, topic.id)),
        queries.own_words(session, voice.id),
        name=_name(session, voice),
        by=by,
        note=note,
    )


def undo(work: Work, voice_id: UUID) -> None:
    """Take a sorting back while its letter is still here. Raises ``Conflict`` once it has left."""
    may_file(work.actor).enforce()
    voice = lock_voice(work, voice_id)
    wait = timedelta(minutes=settings_of(work.session, work.now).undo_minutes)
    if voice.sorted_at is None or voice.sorted_as not in UNDONE:
        return
    gone = not take_back(work.session, first_answer_key(voice.id)) if _is_written_to(voice) else False
    if gone or work.now >= voice.sorted_at + wait:
        raise Conflict(Say("The answer has been sent. It can't be taken back any more."))
    hide_words(work, voice_id)
    voice.topic_id = voice.sorted_at = voice.sorted_as = voice.sorted_by_id = None
    work.record(Heard.FILING_UNDONE, f"voice:{voice_id}")


UNDONE = {Sorting.FILED, Sorting.THANKED, Sorting.NOT_A_MESSAGE}
"""What an officer can take back with one key; what was handed over or held back has ways of its own."""


def clear_again(work: Work, voice_id: UUID, cleared: str, original: str | None = None) -> None:
    """Other words without names, in place: what was said stays as it was. Raises ``Invalid`` at ``cleared``.

    ``original``: what stands beside a translation; empty, only the translation is shown; ``None`` leaves it.
    """
    may_file(work.actor).enforce()
    voice = lock_voice(work, voice_id)
    if not cleared:
        raise Invalid({"cleared": Say("Write the words without names.")})
    if voice.topic_id is None or voice.about is About.OWN_CHILD:
        raise Conflict(Say("These words are shown to nobody, so there is nothing to clear."))
    for stage in (Stage.CLEARED, Stage.PUBLIC):
        text = work.session.get(VoiceText, (voice_id, stage))
        if text:
            text.text = cleared
            text.original = text.original if original is None else original
    work.record(Did.CLEARED_AGAIN, f"voice:{voice_id}")


def translate(work: Work, voice_id: UUID, translation: str, how: str) -> None:
    """Words in another language get a translation beside them; what was said is kept. Raises ``Invalid`` by field."""
    may_file(work.actor).enforce()
    wrong = {}
    if not translation:
        wrong["translation"] = Say("Write what it says in English.")
    if not how:
        wrong["how"] = Say("Say who translated it, or how.")
    if wrong:
        raise Invalid(wrong)
    voice = lock_voice(work, voice_id)
    add_translation(work, voice, translation, how)


def assign(work: Work, voice_id: UUID, to_id: UUID | None) -> None:
    """Whose message it is; ``None`` gives it back to everybody."""
    may_file(work.actor).enforce()
    lock_voice(work, voice_id).assigned_to_id = to_id
    work.record(Did.ASSIGNED, f"voice:{voice_id}", to=to_id)


def note(work: Work, voice_id: UUID, words: str) -> None:
    """A line for colleagues; it answers what they had asked the writer about this message. Raises ``Invalid``."""
    may_file(work.actor).enforce()
    by = work.actor.person_id
    _write_note(work, voice_id, words, None)
    asked = select(DeskNote).where(
        DeskNote.voice_id == voice_id, DeskNote.to_id == by, col(DeskNote.answered_at).is_(None)
    )
    for question in work.session.exec(asked):
        question.answered_at = work.now
    work.record(Did.NOTED, f"voice:{voice_id}")


def ask_colleague(work: Work, voice_id: UUID, to_id: UUID, words: str, address: str) -> None:
    """Ask a colleague, or ask her to check: she gets a letter that leads here. The first answer's clock runs on."""
    may_file(work.actor).enforce()
    voice = work.session.get_one(Voice, voice_id)
    question = _write_note(work, voice_id, words, to_id)
    draft = letters.colleague_asked(
        settings_of(work.session, work.now), voice, words, to_id, by=work.actor.name,
        link=f"{address}/desk/voices/{voice.ref}",
    )  # fmt: skip
    work.post(draft, key=f"desk-asked:{question.id}")
    work.record(Did.ASKED, f"voice:{voice_id}", to=to_id)


def see_to(work: Work, voice_id: UUID, words: str) -> None:
    """Somebody has acted on what may be urgent, and says what she did. Raises ``Invalid`` at ``line``."""
    may_file(work.actor).enforce()
    voice = lock_voice(work, voice_id)
    if voice.urgent_at is None or voice.urgent_seen_at:
        return
    _write_note(work, voice_id, words, None)
    voice.urgent_seen_at, voice.urgent_seen_by_id = work.now, work.actor.person_id
    work.record(Did.URGENT_SEEN, f"voice:{voice_id}")


def split(work: Work, topic_id: UUID, voice_ids: Sequence[UUID], into_id: UUID) -> None:
    """Move some voices of a topic to another one. Their speakers hear about that one from now on, and no later.

    Raises ``Invalid`` at ``voices`` or ``next_word_on``.
    """
    may_file(work.actor).enforce()
    old, new = (topics.get_topic_by_id(work.session, one) for one in (topic_id, into_id))
    here = work.session.exec(
        select(Voice).where(col(Voice.topic_id).in_(topics.gathered(topic_id))).with_for_update()
    ).all()
    moving = [voice for voice in here if voice.id in set(voice_ids)]
    wrong = what_is_wrong_with_split(len(moving), len(here))
    if old.next_word_on and new.next_word_on and new.next_word_on > old.next_word_on:
        wrong["next_word_on"] = Say("These families were promised a word by {on}.", on=old.next_word_on)
    if wrong:
        raise Invalid(wrong)
    for voice in moving:
        voice.topic_id = into_id
        work.record(Did.SPLIT, f"voice:{voice.id}", topic=into_id)


def miss_word(work: Work, voice_id: UUID) -> bool:
    """Nobody answered in time: say so to the speaker, with a new date. Says whether a letter was written."""
    voice = lock_voice(work, voice_id)
    today = london_date(work.now)
    if voice.sorted_at or voice.next_word_on >= today:
        return False
    area, missed = settings_of(work.session, work.now), voice.next_word_on
    voice.next_word_on, voice.word_owed = add_working_days(today, area.first_answer_working_days), True
    work.record(Heard.WORD_LATE, f"voice:{voice.id}", missed=missed)
    if not _is_written_to(voice):
        return False
    draft = letters.late(area, queries.own_words(work.session, voice.id), voice, missed, voice.next_word_on)
    return work.post(draft, key=f"voice-late:{voice.id}:{missed}")


def raise_topic(work: Work, topic_id: UUID, reps: Sequence[UUID], address: str) -> bool:
    """Put a growing topic that no promise covers before the representatives, each by a letter, once."""
    if not topics_service.raise_to_reps(work, topic_id):
        return False
    area, topic = settings_of(work.session, work.now), topics.get_topic_by_id(work.session, topic_id)
    heard = show(queries.count_voices(work.session, topic_id))
    for person_id in reps:
        draft = letters.topic_raised(area, topic, heard, person_id, link=f"{address}/topics/{topic.ref}")
        work.post(draft, key=f"raised:{topic_id}:{person_id}")
    return True


def _write_note(work: Work, voice_id: UUID, words: str, to_id: UUID | None) -> DeskNote:
    if not words:
        raise Invalid({"line": Say("Write a line for your colleagues.")})
    assert work.actor.person_id is not None  # noqa: S101  only people write notes: ``may_file``
    written = DeskNote(id=uuid7(), voice_id=voice_id, by_id=work.actor.person_id, to_id=to_id, words=words, at=work.now)
    work.session.add(written)
    return written


def _sorted(work: Work, voice: Voice, sorting: Sorting) -> None:
    if voice.handed_at:
        raise Conflict(Say("The place that this family chose has it."))
    voice.sorted_at, voice.sorted_as, voice.sorted_by_id = work.now, sorting, work.actor.person_id
    voice.word_owed = False


def _answer(work: Work, voice: Voice, words: Words, topic: Topic | None) -> None:
    if _is_written_to(voice):
        wait = timedelta(minutes=settings_of(work.session, work.now).undo_minutes)
        work.post(letters.answer(words, voice, topic, work.now + wait), key=first_answer_key(voice.id))


def _is_written_to(voice: Voice) -> bool:
    return voice.person_id is not None and voice.tell


def _name(session: Session, voice: Voice) -> str:
    person = people.find_person(session, voice.person_id) if voice.person_id else None
    return person.name if person else ""


def _clear(work: Work, voice: Voice, cleared: str) -> None:
    """The cleared and, with the speaker's yes, the public text; beside a translation also what was said."""
    if voice.about is About.OWN_CHILD:
        return
    raw = work.session.get(VoiceText, (voice.id, Stage.RAW))
    original = propose_cleared(raw.original) if raw and raw.original else ""
    stages = (Stage.CLEARED, Stage.PUBLIC) if may_be_published(voice) else (Stage.CLEARED,)
    for stage in stages:
        work.session.add(VoiceText(voice_id=voice.id, stage=stage, text=cleared, original=original))


def _refuse_sorted(work: Work, voice: Voice) -> None:
    if (voice.sorted_at and voice.sorted_as is not Sorting.HANDED_OVER) or voice.topic_id:
        names = people.names_of(work.session, [voice.sorted_by_id] if voice.sorted_by_id else [])
        who = names.get(voice.sorted_by_id, "") if voice.sorted_by_id else ""
        raise Conflict(Say("{who} has filed this already.", who=who or "Somebody"))


def _refuse_unread(work: Work, voice: Voice) -> None:
    if queries.needs_translating(voice, work.session.get(VoiceText, (voice.id, Stage.RAW))):
        raise Invalid({"topic": Say("Nobody here can read these words yet. Add a translation first.")})
