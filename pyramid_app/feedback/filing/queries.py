"""What the desk has to look at: in which order, with which look-alikes, notes and questions to colleagues."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, or_, select

from pyramid_app.feedback.filing.models import DeskNote
from pyramid_app.feedback.filing.rules import Place, place_of
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.feedback.rules import Stage
from pyramid_app.kit.disclosure import Count
from pyramid_app.topics.models import Topic, TopicCommitment
from pyramid_app.topics.queries import gathered, names_of, standing
from pyramid_app.topics.rules import SETTLED

LIST_AT_MOST = 200
"""Messages on one screen of the desk: more would not be read before the day is over."""


@dataclass
class Waiting:
    """A message on the desk, with the words that colleagues read and those that look like it."""

    voice: Voice
    words: str
    original: str
    place: Place
    alike: list["Waiting"] = field(default_factory=list)

    @property
    def needs_translating(self) -> bool:
        return self.voice.language != "en" and not self.original


def to_sort() -> sa.ColumnElement[bool]:
    """On the desk: not sorted, and not with a place that its speaker picked."""
    return col(Voice.sorted_at).is_(None) & col(Voice.handed_at).is_(None) & col(Voice.topic_id).is_(None)


def waiting(
    session: Session, today: date, *, only_for: UUID | None = None, skip: int = 0, most: int = LIST_AT_MOST
) -> list[Waiting]:
    """What the desk has to sort: may be urgent, then due or late, then the rest, each by its day.

    ``only_for``: of that colleague, and what nobody has yet.
    """
    urgent = col(Voice.urgent_at).is_not(None) & col(Voice.urgent_seen_at).is_(None)
    due = or_(col(Voice.word_owed), col(Voice.next_word_on) <= today)
    found = (
        select(Voice, VoiceText)
        .outerjoin(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(to_sort())
        .order_by(
            sa.case((urgent, 0), (due, 1), else_=2), col(Voice.next_word_on), col(Voice.received_at), col(Voice.id)
        )
        .offset(skip)
        .limit(most)
    )
    if only_for:
        found = found.where(or_(col(Voice.assigned_to_id).is_(None), col(Voice.assigned_to_id) == only_for))
    return [_waiting(voice, text, today) for voice, text in session.exec(found)]


def _waiting(voice: Voice, text: VoiceText | None, today: date) -> Waiting:
    place = place_of(voice.urgent_at, voice.urgent_seen_at, voice.word_owed, voice.next_word_on, today)
    return Waiting(voice, text.text if text else "", text.original if text else "", place)


def find_waiting(session: Session, ref: str, today: date) -> Waiting | None:
    """One message as the list would show it."""
    row = session.exec(
        select(Voice, VoiceText)
        .outerjoin(VoiceText, (col(VoiceText.voice_id) == col(Voice.id)) & (col(VoiceText.stage) == Stage.RAW))
        .where(Voice.ref == ref)
    ).first()
    return _waiting(row[0], row[1], today) if row else None


@dataclass(frozen=True)
class Numbers:
    """The desk in numbers of things to do."""

    new: int
    due: int
    urgent: int
    with_others: int


def numbers(session: Session, today: date) -> Numbers:
    """In one statement: messages to sort, due or late among them, may be urgent, with a place that has not said yes."""
    urgent = col(Voice.urgent_at).is_not(None) & col(Voice.urgent_seen_at).is_(None)
    due = or_(col(Voice.word_owed), col(Voice.next_word_on) <= today)

    def how_many(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return func.coalesce(func.sum(sa.case((which, 1), else_=0)), 0)

    row = session.exec(
        select(
            how_many(to_sort()),
            how_many(to_sort() & due),
            how_many(urgent),
            how_many(col(Voice.handed_at).is_not(None)),
        ).where(col(Voice.sorted_at).is_(None))
    ).one()
    return Numbers(*row)


def recently_sorted(session: Session, since: datetime) -> list[Voice]:
    """What can still be undone, the last first."""
    return list(
        session.exec(
            select(Voice)
            .where(col(Voice.sorted_at) > since, col(Voice.sorted_by_id).is_not(None))
            .order_by(col(Voice.sorted_at).desc(), col(Voice.id))
            .limit(LIST_AT_MOST)
        )
    )


def overdue(session: Session, today: date) -> list[UUID]:
    """Voices that nobody has answered, or whose place has not said that they arrived, by the promised day."""
    return list(session.exec(select(Voice.id).where(col(Voice.sorted_at).is_(None), col(Voice.next_word_on) < today)))


def how_many_assigned(session: Session) -> dict[UUID, int]:
    """By colleague: messages that wait for her."""
    found = (
        select(Voice.assigned_to_id, func.count())
        .where(col(Voice.sorted_at).is_(None), col(Voice.assigned_to_id).is_not(None))
        .group_by(col(Voice.assigned_to_id))
    )
    return {person_id: waiting for person_id, waiting in session.exec(found) if person_id}


def notes_of(session: Session, voice_id: UUID) -> list[DeskNote]:
    """What colleagues wrote, oldest first."""
    return list(
        session.exec(select(DeskNote).where(DeskNote.voice_id == voice_id).order_by(col(DeskNote.at), col(DeskNote.id)))
    )


def asked_of(session: Session, person_id: UUID) -> list[tuple[DeskNote, Voice]]:
    """Questions of colleagues that this person has not answered, oldest first."""
    rows = session.exec(
        select(DeskNote, Voice)
        .join(Voice, col(Voice.id) == col(DeskNote.voice_id))
        .where(DeskNote.to_id == person_id, col(DeskNote.answered_at).is_(None))
        .order_by(col(DeskNote.at), col(DeskNote.id))
    )
    return [(note, voice) for note, voice in rows]


@dataclass(frozen=True)
class Filed:
    """A voice of a topic with its texts, for the desk alone."""

    voice: Voice
    raw: str
    cleared: str


def filed_under(session: Session, topic_id: UUID, *, most: int = LIST_AT_MOST) -> list[Filed]:
    """The voices of a topic and of what was merged into it, the newest first, to clear again or to move."""
    raw, cleared = aliased(VoiceText), aliased(VoiceText)
    rows = session.exec(
        select(Voice, raw.text, cleared.text)
        .outerjoin(raw, (col(raw.voice_id) == col(Voice.id)) & (col(raw.stage) == Stage.RAW))
        .outerjoin(cleared, (col(cleared.voice_id) == col(Voice.id)) & (col(cleared.stage) == Stage.CLEARED))
        .where(col(Voice.topic_id).in_(gathered(topic_id)))
        .order_by(col(Voice.received_at).desc(), col(Voice.id))
        .limit(most)
    )
    return [Filed(voice, words or "", shown or "") for voice, words, shown in rows]


LATELY = 300
"""Messages sorted last, of which the number keys know: looking at all of them would take longer every year."""


def lately_used(session: Session, most: int) -> list[Topic]:
    """Topics under which colleagues filed last, then the newest ones: what the number keys stand for.

    Step by step: joined in one, SQLite compares every topic with every message that was sorted last.
    """
    sorted_last = (
        select(Voice.topic_id, Voice.sorted_at)
        .where(col(Voice.topic_id).is_not(None), col(Voice.sorted_at).is_not(None))
        .order_by(col(Voice.sorted_at).desc(), col(Voice.id).desc())
        .limit(LATELY)
        .subquery()
    )
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    last = func.max(sorted_last.c.sorted_at)
    into = select(root, last).join(sorted_last, sorted_last.c.topic_id == col(Topic.id)).group_by(root)
    used = dict(session.exec(into).all())
    still_open = select(Topic.id).where(col(Topic.state).not_in(SETTLED), standing())
    here = session.exec(still_open.where(col(Topic.id).in_(used))).all()
    newest = still_open.where(col(Topic.id).not_in(used)).order_by(col(Topic.started_at).desc(), col(Topic.id))
    by_use = sorted(here, key=lambda topic_id: (used[topic_id], topic_id), reverse=True)
    chosen = [*by_use[:most], *session.exec(newest.limit(most))][:most]
    topics = {topic.id: topic for topic in session.exec(select(Topic).where(col(Topic.id).in_(chosen)))}
    return [topics[topic_id] for topic_id in chosen]


def growing_without_promise(session: Session, enough: int) -> list[tuple[Topic, Count]]:
    """Topics that no promise covers and that are not before the representatives, with at least so many voices."""
    root = func.coalesce(Topic.merged_into_id, Topic.id)
    linked = select(root).join(TopicCommitment, col(TopicCommitment.topic_id) == col(Topic.id))
    loose = (
        select(Topic.id)
        .where(
            col(Topic.raised_at).is_(None), col(Topic.state).not_in(SETTLED), standing(), col(Topic.id).not_in(linked)
        )
        .subquery()
    )
    # From the few topics to their voices, not the other way round.
    rows = session.exec(
        select(loose.c.id, func.count())
        .join(Topic, (col(Topic.id) == loose.c.id) | (col(Topic.merged_into_id) == loose.c.id))
        .join(Voice, col(Voice.topic_id) == col(Topic.id))
        .group_by(loose.c.id)
        .having(func.count() >= enough)
        .order_by(func.count().desc(), loose.c.id)
    ).all()
    named = names_of(session, [topic_id for topic_id, _ in rows])
    return [(named[topic_id], Count(n)) for topic_id, n in rows]


def names_in(notes: Sequence[DeskNote]) -> set[UUID]:
    """Whose names a list of notes needs."""
    return {note.by_id for note in notes} | {note.to_id for note in notes if note.to_id}
