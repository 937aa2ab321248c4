"""Taking a voice in, and filing it, which is answering it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.outbox.post import take_back
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.work import Work
from pyramid_app.feedback import letters, queries
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.permissions import may_be_published, may_file
from pyramid_app.feedback.rules import (
    REF_LETTERS,
    About,
    Channel,
    Did,
    Speaker,
    Stage,
    what_is_wrong_with_words,
)
from pyramid_app.kit.disclosure import show
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic
from pyramid_app.topics.rules import SETTLED


def receive(
    work: Work,
    *,
    about: About,
    speaker: Speaker,
    text: str,
    may_quote: bool = False,
    tell: bool = True,
    person_id: UUID | None = None,
    channel: Channel = Channel.WEB,
) -> Voice:
    """Keep what somebody said, with a reference and a date for the first answer. Raises ``Invalid`` at ``words``."""
    area = settings_of(work.session, work.now)
    wrong = what_is_wrong_with_words(text, area.voice_characters)
    if wrong:
        raise Invalid(wrong)
    voice = Voice(
        # A random name: an unnamed voice must not tell when it came.
        id=uuid4(),
        ref=_free_refs(work, 1).pop(),
        about=about,
        speaker=speaker,
        channel=channel,
        person_id=person_id,
        may_quote=may_quote and about is About.SYSTEM,
        tell=tell,
        received_at=work.now,
        next_word_on=add_working_days(london_date(work.now), area.first_answer_working_days),
    )
    _keep(work, [(voice, text)])
    return voice


@dataclass(frozen=True)
class Heard:
    """Own words from a poll, measured when they were sealed: the question they answer, and who wants to be told."""

    text: str
    asked: str
    person_id: UUID | None


def receive_all(work: Work, heard: Sequence[Heard], speaker: Speaker, topic_id: UUID) -> None:
    """Voices that a poll about a topic brought, for the desk to file: as few statements for a hundred as for one."""
    days = settings_of(work.session, work.now).first_answer_working_days
    refs, due = _free_refs(work, len(heard)), add_working_days(london_date(work.now), days)
    voices = [
        Voice(
            id=uuid4(), ref=refs.pop(), about=About.SYSTEM, speaker=speaker, channel=Channel.POLL, asked=one.asked,
            person_id=one.person_id, tell=one.person_id is not None, suggested_topic_id=topic_id, received_at=work.now,
            next_word_on=due,
        )
        for one in heard
    ]  # fmt: skip
    _keep(work, [(voice, one.text) for voice, one in zip(voices, heard, strict=True)])


def _keep(work: Work, words: Sequence[tuple[Voice, str]]) -> None:
    work.session.add_all(voice for voice, _ in words)
    work.session.flush()
    for voice, text in words:
        work.session.add(VoiceText(voice_id=voice.id, stage=Stage.RAW, text=text))
        work.record(Did.RECEIVED, f"voice:{voice.id}", channel=voice.channel)


def speaker_is(work: Work, voice_id: UUID, person_id: UUID) -> None:
    """Somebody has shown that the address they left is theirs: from now on they are told. Once known stays known."""
    voice = work.session.get_one(Voice, voice_id, with_for_update=True)
    if voice.person_id is None:
        voice.person_id = person_id
        work.record(Did.SPEAKER_KNOWN, f"voice:{voice_id}")


def file_voice(work: Work, voice_id: UUID, topic_id: UUID, *, cleared: str, note: str = "") -> Voice:
    """Put a voice under a topic. The same act clears its words and writes the first answer, which waits a while.

    Raises ``Conflict`` if it is filed already, ``Invalid`` where cleared words are missing.
    """
    may_file(work.actor).enforce()
    voice = work.session.get_one(Voice, voice_id, with_for_update=True)
    topic = topics.get_topic_by_id(work.session, topic_id)
    _refuse_filed(work, voice)
    if topic.state in SETTLED:
        raise Invalid({"topic": Say("This topic is finished. Choose another one, or start a new one.")})
    if voice.about is About.SYSTEM and not cleared:
        raise Invalid({"cleared": Say("Write the words without names.")})
    answer = answer_words(work.session, work.now, work.actor.name, voice, topic, note)
    voice.topic_id, voice.filed_at, voice.filed_by_id, voice.word_owed = topic_id, work.now, work.actor.person_id, False
    _clear(work, voice, cleared)
    if voice.person_id and voice.tell:
        wait = timedelta(minutes=settings_of(work.session, work.now).undo_minutes)
        draft = letters.first_answer(answer, voice.person_id, topic, not_before=work.now + wait)
        work.post(draft, key=_key(voice))
    work.record(Did.FILED, f"voice:{voice.id}", topic=topic_id)
    return voice


def answer_words(session: Session, now: datetime, by: str, voice: Voice, topic: Topic, note: str) -> Words:
    """What the first answer to this voice says, if ``by`` files it under that topic now."""
    person = people.find_person(session, voice.person_id) if voice.person_id else None
    return letters.first_answer_words(
        settings_of(session, now),
        topic,
        topics.links_of(session, topic.id),
        show(queries.count_voices(session, topic.id)),
        queries.raw_words(session, voice.id),
        name=person.name if person else "",
        by=by,
        note=note,
    )


def undo_filing(work: Work, voice_id: UUID) -> None:
    """Take a filing back while its letter is still here. Raises ``Conflict`` once it has left."""
    may_file(work.actor).enforce()
    voice = work.session.get_one(Voice, voice_id, with_for_update=True)
    wait = timedelta(minutes=settings_of(work.session, work.now).undo_minutes)
    if voice.filed_at is None:
        return
    gone = not take_back(work.session, _key(voice)) if voice.person_id and voice.tell else False
    if gone or work.now >= voice.filed_at + wait:
        raise Conflict(Say("The answer has been sent. It can't be taken back any more."))
    for stage in (Stage.CLEARED, Stage.PUBLIC):
        text = work.session.get(VoiceText, (voice_id, stage))
        if text:
            work.session.delete(text)
    voice.topic_id = voice.filed_at = voice.filed_by_id = None
    work.record(Did.FILING_UNDONE, f"voice:{voice_id}")


def miss_word(work: Work, voice_id: UUID) -> bool:
    """Nobody filed it in time: say so to the speaker, with a new date. Says whether a letter was written."""
    voice = work.session.get_one(Voice, voice_id, with_for_update=True)
    today = london_date(work.now)
    if voice.topic_id or voice.next_word_on >= today:
        return False
    area, missed = settings_of(work.session, work.now), voice.next_word_on
    voice.next_word_on, voice.word_owed = add_working_days(today, area.first_answer_working_days), True
    work.record(Did.WORD_LATE, f"voice:{voice.id}", missed=missed)
    if not (voice.person_id and voice.tell):
        return False
    said = queries.raw_words(work.session, voice.id)
    draft = letters.late(area, said, voice.person_id, missed, voice.next_word_on)
    return work.post(draft, key=f"voice-late:{voice.id}:{missed}")


def _clear(work: Work, voice: Voice, cleared: str) -> None:
    if voice.about is About.OWN_CHILD:
        return
    work.session.add(VoiceText(voice_id=voice.id, stage=Stage.CLEARED, text=cleared))
    if may_be_published(voice):
        work.session.add(VoiceText(voice_id=voice.id, stage=Stage.PUBLIC, text=cleared))


def _refuse_filed(work: Work, voice: Voice) -> None:
    if voice.topic_id:
        names = people.names_of(work.session, [voice.filed_by_id] if voice.filed_by_id else [])
        who = names.get(voice.filed_by_id, "") if voice.filed_by_id else ""
        raise Conflict(Say("{who} has filed this already.", who=who or "Somebody"))


def _key(voice: Voice) -> str:
    return f"first-answer:{voice.id}"


def _free_refs(work: Work, number: int) -> set[str]:
    """References that nobody has, drawn at random."""
    free: set[str] = set()
    while len(free) < number:
        drawn = {"".join(secrets.choice(REF_LETTERS) for _ in range(6)) for _ in range(number - len(free))}
        taken = work.session.exec(select(Voice.ref).where(col(Voice.ref).in_(drawn))).all()
        free |= drawn.difference(taken)
    return free
