"""Taking a voice in, and what its speaker may do with it: be known, and mend it. To take it back: ``forgetting``."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from sqlmodel import col, delete, select

from pyramid_app.area.queries import settings_of
from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.noticing import may_be_urgent
from pyramid_app.feedback.permissions import may_mend
from pyramid_app.feedback.rules import (
    REF_LETTERS,
    About,
    Channel,
    Did,
    Naming,
    Speaker,
    Stage,
    what_is_wrong_with_words,
)
from pyramid_app.kit.texts import add_working_days, london_date


class Beside(TypedDict, total=False):
    """What may be known beside somebody's words; what is left out is as ``Voice`` says.

    ``consent``: how somebody for whom a colleague writes it down said yes. ``asked``: the question that the words
    answer, where we had asked one; ``suggested_topic_id``: its topic.
    ``form_id``: what this page sent before is not kept again; the caller has looked with ``find_sent``.
    """

    may_quote: bool
    tell: bool
    person_id: UUID | None
    language: str
    consent: str
    asked: str
    suggested_topic_id: UUID | None
    said_on: date | None
    form_id: UUID | None


def receive(
    work: Work,
    *,
    about: About,
    speaker: Speaker,
    text: str,
    channel: Channel = Channel.WEB,
    naming: Naming | None = None,
    entered_by_id: UUID | None = None,
    **beside: Unpack[Beside],
) -> Voice:
    """Keep what somebody said, with a reference and a date for the first answer. Raises ``Invalid`` at ``words``.

    ``entered_by_id``: who wrote it down, where it was somebody else with the speaker's ``consent`` and not the actor.
    """
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
        naming=naming or (Naming.KNOWN_TO_US if beside.get("person_id") else Naming.UNNAMED),
        entered_by_id=(entered_by_id or work.actor.person_id) if beside.get("consent") else None,
        received_at=work.now,
        next_word_on=add_working_days(london_date(work.now), area.first_answer_working_days),
        **beside,
    )
    voice.may_quote = voice.may_quote and about is About.SYSTEM
    _keep(work, [(voice, text)])
    return voice


def find_sent(work: Work, form_id: UUID) -> Voice | None:
    """What this page has brought already; whoever presses its button a second time waits here for the first."""
    one_at_a_time(work.session, f"form:{form_id}")
    return work.session.exec(select(Voice).where(Voice.form_id == form_id)).first()


def add_translation(work: Work, voice: Voice, translation: str, how: str) -> None:
    """Beside words in another language; what was said is kept. What may be urgent shows only now."""
    text = work.session.get_one(VoiceText, (voice.id, Stage.RAW))
    text.original, text.text = text.original or text.text, translation
    text.translated_by_id, text.translated_how = work.actor.person_id, how
    _look_for_urgent(work, voice, translation)
    work.record(Did.TRANSLATED, f"voice:{voice.id}", language=voice.language)


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
            id=uuid4(),
            ref=refs.pop(),
            about=About.SYSTEM,
            speaker=speaker,
            channel=Channel.POLL,
            asked=one.asked,
            person_id=one.person_id,
            naming=Naming.KNOWN_TO_US if one.person_id else Naming.UNNAMED,
            tell=one.person_id is not None,
            suggested_topic_id=topic_id,
            received_at=work.now,
            next_word_on=due,
        )
        for one in heard
    ]
    _keep(work, [(voice, one.text) for voice, one in zip(voices, heard, strict=True)])


def _keep(work: Work, words: Sequence[tuple[Voice, str]]) -> None:
    work.session.add_all(voice for voice, _ in words)
    work.session.flush()
    for voice, text in words:
        work.session.add(VoiceText(voice_id=voice.id, stage=Stage.RAW, text=text))
        _look_for_urgent(work, voice, text)
        work.record(Did.RECEIVED, f"voice:{voice.id}", channel=voice.channel)


def _look_for_urgent(work: Work, voice: Voice, text: str) -> None:
    """Whichever way words come in, those that may be urgent wait at the head of the desk."""
    if voice.urgent_at is None and may_be_urgent(text):
        voice.urgent_at = work.now


def speaker_is(work: Work, voice_id: UUID, person_id: UUID) -> None:
    """Somebody has shown that the address they left is theirs: from now on they are told. Once known stays known."""
    voice = lock_voice(work, voice_id)
    if voice.person_id is None:
        voice.person_id = person_id
        if voice.naming is Naming.UNNAMED:
            voice.naming = Naming.KNOWN_TO_US
        work.record(Did.SPEAKER_KNOWN, f"voice:{voice_id}")


def mend(work: Work, voice_id: UUID, text: str) -> None:
    """The speaker changes her own words, for an hour and while nobody has answered them. Raises ``Invalid``."""
    voice = lock_voice(work, voice_id)
    may_mend(voice, work.now).enforce()
    wrong = what_is_wrong_with_words(text, settings_of(work.session, work.now).voice_characters)
    if wrong:
        raise Invalid(wrong)
    kept = work.session.get_one(VoiceText, (voice_id, Stage.RAW))
    # A translation was of other words.
    kept.text, kept.original, kept.translated_by_id, kept.translated_how = text, "", None, ""
    voice.mended_at = work.now
    _look_for_urgent(work, voice, text)
    work.record(Did.MENDED, f"voice:{voice_id}")


def hide_words(work: Work, voice_id: UUID) -> None:
    """What others read of a voice goes; what was said stays on the desk."""
    shown = col(VoiceText.stage).in_((Stage.CLEARED, Stage.PUBLIC))
    work.session.exec(delete(VoiceText).where(col(VoiceText.voice_id) == voice_id, shown))


def pass_on_all(work: Work, from_id: UUID, to_id: UUID) -> int:
    """What waits for one colleague waits for another; returns how many messages."""
    waiting = select(Voice).where(Voice.assigned_to_id == from_id, col(Voice.sorted_at).is_(None)).with_for_update()
    found = work.session.exec(waiting).all()
    for voice in found:
        voice.assigned_to_id = to_id
    return len(found)


def first_answer_key(voice_id: UUID) -> str:
    """The one letter that answers this voice first, whichever way it is sorted."""
    return f"first-answer:{voice_id}"


def lock_voice(work: Work, voice_id: UUID) -> Voice:
    """The voice, with its row held until the act ends: acts about one voice take turns."""
    return work.session.get_one(Voice, voice_id, with_for_update=True)


def _free_refs(work: Work, number: int) -> set[str]:
    """References that nobody has, drawn at random."""
    free: set[str] = set()
    while len(free) < number:
        drawn = {"".join(secrets.choice(REF_LETTERS) for _ in range(6)) for _ in range(number - len(free))}
        taken = work.session.exec(select(Voice.ref).where(col(Voice.ref).in_(drawn))).all()
        free |= drawn.difference(taken)
    return free
