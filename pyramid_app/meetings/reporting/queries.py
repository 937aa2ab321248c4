"""Looking at what representatives wrote, and at who was not asked yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pyramid_app.accounts.models import Person
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.reporting.models import ReportBack
from pyramid_app.meetings.reporting.rules import asks_from


@dataclass(frozen=True)
class Report:
    """A representative by first name, what she wrote, and about which meeting."""

    row: ReportBack
    name: str
    meeting: Meeting


def to_ask(session: Session, now: datetime) -> list[UUID]:
    """Meetings that took place, whose morning after has come, and about which nobody was asked."""
    over = session.exec(
        select(Meeting).where(
            col(Meeting.reports_at).is_(None), col(Meeting.called_off_at).is_(None),
            col(Meeting.published_at).is_not(None), Meeting.ends_at <= now,
        )
    )  # fmt: skip
    return [meeting.id for meeting in over if asks_from(meeting.ends_at) <= now]


def of_meeting(session: Session, meeting_id: UUID) -> list[Report]:
    """Everybody who was asked, by name; also who has not written."""
    return _reports(session, ReportBack.meeting_id == meeting_id)


def public(session: Session, most: int = 50) -> list[Report]:
    """What anyone may read, the newest meeting first."""
    return _reports(session, col(ReportBack.sent_at).is_not(None) & col(ReportBack.public), most)


def waiting_for(session: Session, person_id: UUID) -> list[Meeting]:
    """Meetings about which this representative was asked and has not written; the newest first."""
    return list(
        session.exec(
            select(Meeting)
            .join(ReportBack, col(ReportBack.meeting_id) == col(Meeting.id))
            .where(ReportBack.person_id == person_id, col(ReportBack.sent_at).is_(None))
            .order_by(col(Meeting.starts_at).desc(), col(Meeting.id).desc())
        )
    )


def find_mine(session: Session, meeting_id: UUID, person_id: UUID | None, *, hold: bool = False) -> ReportBack | None:
    """``hold``: until the act ends, nobody else writes it."""
    chosen = select(ReportBack).where(ReportBack.meeting_id == meeting_id, ReportBack.person_id == person_id)
    return session.exec(chosen.with_for_update() if hold else chosen).first()


def _reports(session: Session, where: sa.ColumnElement[bool] | bool, most: int | None = None) -> list[Report]:
    rows = session.exec(
        select(ReportBack, Person.name, Meeting)
        .join(Person, col(Person.id) == col(ReportBack.person_id))
        .join(Meeting, col(Meeting.id) == col(ReportBack.meeting_id))
        .where(where)
        .order_by(col(Meeting.starts_at).desc(), col(Person.name), col(Person.id))
        .limit(most)
    )
    return [Report(*row) for row in rows]
