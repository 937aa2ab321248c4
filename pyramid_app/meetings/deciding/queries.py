"""Who is there, whether it is enough, and what was decided about a topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.area.queries import settings_of
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.agenda.rules import WORDS, draft_of
from pyramid_app.meetings.deciding.models import Attendance
from pyramid_app.meetings.deciding.rules import How, Quorum, quorum_of
from pyramid_app.meetings.models import Meeting
from pyramid_app.participation.group.queries import Member
from pyramid_app.topics import queries as topics


def attendance(session: Session, meeting_id: UUID) -> dict[UUID, How]:
    rows = session.exec(select(Attendance.person_id, Attendance.how).where(Attendance.meeting_id == meeting_id))
    return {person_id: How(how) for person_id, how in rows}


def quorum(session: Session, meeting: Meeting, members: Sequence[Member], now: datetime) -> Quorum:
    """By the area's own rule. ``members`` are those of this meeting."""
    area = settings_of(session, now)
    how = attendance(session, meeting.id)
    return quorum_of(members, how, area.quorum_percent, area.quorum_reps_least)


def draft_at_hands(session: Session, item: AgendaItem) -> Draft | None:
    """The draft of the charter that the item is about, while the Group raises its hands to it."""
    draft_id = draft_of(item.source)
    draft = session.get(Draft, draft_id) if draft_id else None
    return draft if draft and draft.stage is Stage.HANDS else None


@dataclass(frozen=True)
class Decided:
    """What a meeting said about something, for anybody to read; no names."""

    on: date
    title: str
    word: Say
    note: str
    reps_line: str


def decisions_of(session: Session, topic_id: UUID) -> list[Decided]:
    """About a topic and what was merged into it, from closed meetings; the newest first."""
    rows = session.exec(
        select(AgendaItem, Meeting.starts_at)
        .join(Meeting, col(Meeting.id) == col(AgendaItem.meeting_id))
        .where(
            col(AgendaItem.topic_id).in_(topics.gathered(topic_id)),
            col(AgendaItem.decided).is_not(None),
            col(Meeting.closed_at).is_not(None),
        )
        .order_by(col(Meeting.starts_at).desc(), col(AgendaItem.position))
    )
    return [
        Decided(london_date(at), item.title, WORDS[item.decided], item.note, item.reps_line)
        for item, at in rows
        if item.decided
    ]
