"""Looking at voices. Which text a query may return is part of its name: raw is for the desk and the speaker alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Naming, Stage
from pyramid_app.kit.disclosure import Count
from pyramid_app.topics.models import Topic
from pyramid_app.topics.queries import gathered


@dataclass(frozen=True)
class Spoken:
    """A voice with one of its texts."""

    voice: Voice
    words: str


@dataclass(frozen=True)
class Mine:
    """What I said (empty once its time is over), where it stands, and when I hear again."""

    voice: Voice
    words: str
    topic: Topic | None

    @property
    def next_word_on(self) -> date | None:
        if self.topic:
            return self.topic.next_word_on
        return None if self.voice.sorted_at else self.voice.next_word_on

    @property
    def late(self) -> bool:
        return self.topic.word_owed if self.topic else self.voice.word_owed


@dataclass(frozen=True)
class Quote:
    """Words that anybody may read. ``original``: as they were said, where ``words`` translates them."""

    words: str
    original: str = ""
    language: str = "en"
    name: str = ""


def find_voice(session: Session, ref: str) -> Voice | None:
    return session.exec(select(Voice).where(Voice.ref == ref)).first()


def find_voice_by_id(session: Session, voice_id: UUID) -> Voice | None:
    return session.get(Voice, voice_id)


def get_voice(session: Session, ref: str) -> Voice:
    voice = find_voice(session, ref)
    if voice is None:
        raise NotFound
    return voice


def raw_words(session: Session, voice_id: UUID) -> str:
    """As the desk reads them, translated where they had to be; empty once their time is over."""
    text = session.get(VoiceText, (voice_id, Stage.RAW))
    return text.text if text else ""


def own_words(session: Session, voice_id: UUID) -> str:
    """As they were said: for letters to the speaker."""
    text = session.get(VoiceText, (voice_id, Stage.RAW))
    return (text.original or text.text) if text else ""


def find_cleared(session: Session, voice_id: UUID) -> VoiceText | None:
    """Without names and rare facts; none before it is filed."""
    return session.get(VoiceText, (voice_id, Stage.CLEARED))


def needs_translating(voice: Voice, text: VoiceText | None) -> bool:
    """Nobody on the desk can read it yet."""
    return voice.language != "en" and text is not None and not text.original


def public_voices(session: Session, topic_id: UUID, *, most: int = 20) -> list[Quote]:
    """Words that may be shown to anybody, in the order in which they came; a name only where its owner said so."""
    rows = session.exec(
        select(VoiceText, Voice.language, Voice.naming, Person.name)
        .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
        .outerjoin(Person, col(Person.id) == col(Voice.person_id))
        .where(VoiceText.stage == Stage.PUBLIC, col(Voice.topic_id).in_(gathered(topic_id)))
        .order_by(col(Voice.received_at), col(Voice.id))
        .limit(most)
    )
    return [
        Quote(text.text, text.original, language, name or "" if naming is Naming.NAMED else "")
        for text, language, naming, name in rows
    ]


def cleared_voices(session: Session, topic_id: UUID, *, most: int = 200) -> list[str]:
    """Words without names and rare facts: for representatives and partners."""
    return _texts(session, topic_id, Stage.CLEARED, most)


def public_of(session: Session, voice_ids: SelectOfScalar[UUID]) -> list[str]:
    """Of these voices the words that may be shown to anybody, in the order in which they came."""
    rows = session.exec(
        select(VoiceText.text)
        .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
        .where(VoiceText.stage == Stage.PUBLIC, col(Voice.id).in_(voice_ids))
        .order_by(col(Voice.received_at), col(Voice.id))
    )
    return list(rows)


def newest_cleared(session: Session, topic_ids: Collection[UUID], most: int) -> list[tuple[Topic, str]]:
    """The newest words without names and rare facts of these topics and what was merged into them, each with its
    topic: for representatives and partners."""
    filed, root = aliased(Topic), func.coalesce(Topic.merged_into_id, Topic.id)
    rows = session.exec(
        select(filed, VoiceText.text)
        .select_from(VoiceText)
        .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
        .join(Topic, col(Topic.id) == col(Voice.topic_id))
        .join(filed, col(filed.id) == root)
        .where(VoiceText.stage == Stage.CLEARED, root.in_(topic_ids))
        .order_by(col(Voice.received_at).desc(), col(Voice.id))
        .limit(most)
    )
    return [(topic, words) for topic, words in rows]


def public_quotes(session: Session, topic_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The newest public words of each topic and of what was merged into it, in two queries."""
    here = col(Topic.id).in_(topic_ids) | col(Topic.merged_into_id).in_(topic_ids)
    into = {one: root or one for one, root in session.exec(select(Topic.id, Topic.merged_into_id).where(here))}
    rows = session.exec(
        select(Voice.topic_id, VoiceText.text)
        .join(VoiceText, col(VoiceText.voice_id) == col(Voice.id))
        .where(VoiceText.stage == Stage.PUBLIC, col(Voice.topic_id).in_(into))
        .order_by(col(Voice.received_at), col(Voice.id))
    )
    return {into[topic_id]: words for topic_id, words in rows if topic_id}


def words_of_speakers(session: Session, topic_id: UUID) -> dict[UUID, str | None]:
    """By person who wants to hear: their own latest words, for letters to themselves; ``None`` once they are gone."""
    rows = session.exec(
        select(Voice.person_id, VoiceText.text, VoiceText.original)
        .outerjoin(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(col(Voice.topic_id).in_(gathered(topic_id)), col(Voice.tell), col(Voice.person_id).is_not(None))
        .order_by(col(Voice.received_at), col(Voice.id))
    )
    found: dict[UUID, str | None] = {}
    for person_id, text, original in rows:
        if person_id:
            found[person_id] = original or text or found.get(person_id)
    return found


def count_voices(session: Session, topic_id: UUID) -> Count:
    """How many told us about this."""
    return Count(session.exec(select(func.count()).where(col(Voice.topic_id).in_(gathered(topic_id)))).one())


def mine(session: Session, person_id: UUID) -> list[Mine]:
    """What this person said; late ones first, then the newest."""
    filed = aliased(Topic)
    rows = session.exec(
        select(Voice, VoiceText.text, VoiceText.original, Topic)
        .outerjoin(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .outerjoin(filed, col(filed.id) == col(Voice.topic_id))
        .outerjoin(Topic, col(Topic.id) == func.coalesce(filed.merged_into_id, filed.id))
        .where(Voice.person_id == person_id)
        .order_by(col(Voice.received_at).desc(), col(Voice.id).desc())
    )
    found = [Mine(voice, own or words or "", topic) for voice, words, own, topic in rows]
    return sorted(found, key=lambda one: not one.late)


def _texts(session: Session, topic_id: UUID, stage: Stage, most: int) -> list[str]:
    return list(
        session.exec(
            select(VoiceText.text)
            .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
            .where(VoiceText.stage == stage, col(Voice.topic_id).in_(gathered(topic_id)))
            .order_by(col(Voice.received_at), col(Voice.id))
            .limit(most)
        )
    )
