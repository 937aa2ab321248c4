"""Looking at voices. Which text a query may return is part of its name: raw is for the desk and the speaker alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Stage
from pyramid_app.kit.disclosure import Count
from pyramid_app.topics.models import Topic


@dataclass(frozen=True)
class Spoken:
    """A voice with one of its texts."""

    voice: Voice
    words: str


@dataclass(frozen=True)
class Mine:
    """What I said, where it stands, and when I hear again."""

    voice: Voice
    words: str
    topic: Topic | None

    @property
    def next_word_on(self) -> date | None:
        return self.topic.next_word_on if self.topic else self.voice.next_word_on

    @property
    def late(self) -> bool:
        return self.topic.word_owed if self.topic else self.voice.word_owed


def find_voice(session: Session, ref: str) -> Voice | None:
    return session.exec(select(Voice).where(Voice.ref == ref)).first()


def get_voice(session: Session, ref: str) -> Voice:
    voice = find_voice(session, ref)
    if voice is None:
        raise NotFound
    return voice


def raw_words(session: Session, voice_id: UUID) -> str:
    """As they were said: for the desk, and for letters to the speaker."""
    return session.get_one(VoiceText, (voice_id, Stage.RAW)).text


def waiting(session: Session, *, page: int = 1, size: int = 20) -> list[Spoken]:
    """What the desk has to file: late first, then by the day an answer is due."""
    rows = session.exec(
        select(Voice, VoiceText.text)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(VoiceText.stage == Stage.RAW, col(Voice.topic_id).is_(None))
        .order_by(col(Voice.word_owed).desc(), col(Voice.next_word_on), col(Voice.received_at), col(Voice.id))
        .offset((page - 1) * size)
        .limit(size)
    )
    return [Spoken(voice, words) for voice, words in rows]


def how_many_waiting(session: Session) -> int:
    """Messages on the desk: for the desk alone."""
    return session.exec(select(func.count()).where(col(Voice.topic_id).is_(None))).one()


def recently_filed(session: Session, since: datetime) -> list[Spoken]:
    """What can still be undone."""
    rows = session.exec(
        select(Voice, VoiceText.text)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(VoiceText.stage == Stage.RAW, col(Voice.filed_at) > since)
        .order_by(col(Voice.filed_at).desc())
    )
    return [Spoken(voice, words) for voice, words in rows]


def public_voices(session: Session, topic_id: UUID, *, most: int = 20) -> list[str]:
    """Words that may be shown to anybody, in the order in which they came."""
    return _texts(session, topic_id, Stage.PUBLIC, most)


def cleared_voices(session: Session, topic_id: UUID, *, most: int = 200) -> list[str]:
    """Words without names and rare facts: for representatives and partners."""
    return _texts(session, topic_id, Stage.CLEARED, most)


def public_quotes(session: Session, topic_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The first public words of each topic, in one query."""
    rows = session.exec(
        select(Voice.topic_id, VoiceText.text)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(VoiceText.stage == Stage.PUBLIC, col(Voice.topic_id).in_(topic_ids))
        .order_by(col(Voice.received_at).desc())
    )
    return {topic_id: words for topic_id, words in rows if topic_id}


def words_of_speakers(session: Session, topic_id: UUID) -> dict[UUID, str]:
    """By person who wants to hear: their own latest words, for letters to themselves."""
    rows = session.exec(
        select(Voice.person_id, VoiceText.text)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(
            VoiceText.stage == Stage.RAW,
            Voice.topic_id == topic_id,
            col(Voice.tell),
            col(Voice.person_id).is_not(None),
        )
        .order_by(col(Voice.received_at))
    )
    return {person_id: words for person_id, words in rows if person_id}


def count_voices(session: Session, topic_id: UUID) -> Count:
    """How many told us about this."""
    return Count(session.exec(select(func.count()).where(Voice.topic_id == topic_id)).one())


def mine(session: Session, person_id: UUID) -> list[Mine]:
    """What this person said; late ones first, then the newest."""
    rows = session.exec(
        select(Voice, VoiceText.text, Topic)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .outerjoin(Topic, col(Topic.id) == col(Voice.topic_id))
        .where(VoiceText.stage == Stage.RAW, Voice.person_id == person_id)
        .order_by(col(Voice.received_at).desc())
    )
    found = [Mine(voice, words, topic) for voice, words, topic in rows]
    return sorted(found, key=lambda one: not one.late)


def voices_between(session: Session, start: datetime, end: datetime) -> list[Voice]:
    """Received in that half-open time by somebody who can be told."""
    return list(
        session.exec(
            select(Voice).where(
                col(Voice.received_at) >= start,
                col(Voice.received_at) < end,
                col(Voice.person_id).is_not(None),
                col(Voice.tell),
            )
        )
    )


def overdue(session: Session, today: date) -> list[UUID]:
    """Voices nobody has filed by the day on which an answer was promised."""
    return list(session.exec(select(Voice.id).where(col(Voice.topic_id).is_(None), col(Voice.next_word_on) < today)))


def _texts(session: Session, topic_id: UUID, stage: Stage, most: int) -> list[str]:
    return list(
        session.exec(
            select(VoiceText.text)
            .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
            .where(VoiceText.stage == stage, Voice.topic_id == topic_id)
            .order_by(col(Voice.received_at))
            .limit(most)
        )
    )
