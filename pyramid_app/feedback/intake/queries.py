"""Looking for what came in before: the same words, the letter that a mail answers, a list that waits."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.base.errors import NotFound
from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback.intake.lists import same_words
from pyramid_app.feedback.intake.models import ImportBatch, ImportList
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Stage
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

A_YEAR = timedelta(days=365)
A_DAY = timedelta(days=1)


def heard_before(session: Session, wanted: Collection[str], now: datetime) -> set[str]:
    """Which of these words (normalised) somebody said in the last twelve months. Read in a stream: they are many."""
    if not wanted:
        return set()
    rows = session.execute(
        select(VoiceText.text, VoiceText.original)
        .join(Voice, col(Voice.id) == col(VoiceText.voice_id))
        .where(VoiceText.stage == Stage.RAW, col(Voice.received_at) > now - A_YEAR)
        .execution_options(yield_per=500)
    )
    return {known for text, original in rows for known in (same_words(original or text),) if known in wanted}


def under_way(session: Session, but: UUID | None) -> set[str]:
    """Words (normalised) of other lists that are being taken in just now."""
    rows = session.exec(
        select(ImportBatch.rows, ImportList.header)
        .join(ImportList, col(ImportList.id) == col(ImportBatch.list_id))
        .where(col(ImportList.begun_at).is_not(None), col(ImportList.id).is_distinct_from(but))
    )
    return {same_words(cells[header.index("words")]) for batch, header in rows for _line, cells in batch}


def find_list(session: Session, list_id: UUID) -> ImportList | None:
    return session.get(ImportList, list_id)


def get_list(session: Session, list_id: UUID) -> ImportList:
    found = find_list(session, list_id)
    if found is None:
        raise NotFound
    return found


def recent_lists(session: Session) -> list[ImportList]:
    """Lists that are still here, the newest first."""
    return list(session.exec(select(ImportList).order_by(col(ImportList.brought_at).desc(), col(ImportList.id))))


def waiting_rows(session: Session, list_id: UUID, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Rows that are still to come in, by line; of ``most`` batches, or of all."""
    for batch in batches_of(session, list_id, most):
        yield from ((line, cells) for line, cells in batch.rows)


def batches_of(session: Session, list_id: UUID, most: int | None = None) -> Sequence[ImportBatch]:
    waiting = select(ImportBatch).where(ImportBatch.list_id == list_id).order_by(col(ImportBatch.number))
    return session.exec(waiting.limit(most) if most else waiting).all()


def to_take_in(session: Session) -> list[UUID]:
    """Lists that an officer has said yes to, and that are not in."""
    return list(
        session.exec(
            select(ImportList.id)
            .where(col(ImportList.begun_at).is_not(None), col(ImportList.ended_at).is_(None))
            .order_by(col(ImportList.begun_at), col(ImportList.id))
        )
    )


def to_forget(session: Session, now: datetime) -> list[UUID]:
    """Lists whose day has passed; one that is being taken in stays until it is in."""
    idle = col(ImportList.begun_at).is_(None) | col(ImportList.ended_at).is_not(None)
    return list(session.exec(select(ImportList.id).where(col(ImportList.brought_at) <= now - A_DAY, idle)))


@dataclass(frozen=True)
class Belongs:
    """What a mail is about: an earlier message, a topic, or both."""

    voice: Voice | None = None
    topic: Topic | None = None


def belongs_to(session: Session, refs: Sequence[str], message_ids: Sequence[str]) -> Belongs:
    """By the letter that the mail answers, else by a reference of ours in its words."""
    abouts = session.exec(select(Letter.about).where(col(Letter.message_id).in_(message_ids)))
    for kind, _, known in (about.partition(":") for about in abouts if about):
        if kind == "topic":
            return Belongs(topic=_root(session, UUID(known)))
        if kind == "voice" and (voice := session.get(Voice, UUID(known))):
            return _of(session, voice)
    voice = session.exec(
        select(Voice).where(col(Voice.ref).in_(refs)).order_by(col(Voice.received_at).desc(), col(Voice.id).desc())
    ).first()
    return _of(session, voice) if voice else Belongs()


def _of(session: Session, voice: Voice) -> Belongs:
    return Belongs(voice, _root(session, voice.topic_id) if voice.topic_id else None)


def _root(session: Session, topic_id: UUID) -> Topic | None:
    """Where its story goes on."""
    return session.get(Topic, topics.roots(session, [topic_id]).get(topic_id, topic_id))
