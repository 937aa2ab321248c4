"""Asking the representatives the morning after, and what each of them writes."""

from uuid import UUID

from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.reporting import letters, queries
from pyramid_app.meetings.reporting.models import ReportBack
from pyramid_app.meetings.reporting.rules import Boxes, Did, due_on, what_is_wrong
from pyramid_app.participation.group import queries as group


def ask(work: Work, meeting_id: UUID, site: str) -> int:
    """Everybody who was a representative at that meeting, once; returns how many were asked."""
    meeting = meetings.get_held(work.session, meeting_id)
    if meeting.reports_at or meeting.called_off_at:
        return 0
    meeting.reports_at = work.now
    area = settings_of(work.session, work.now)
    reps = [one for one in group.members(work.session, meeting.starts_at) if one.elected]
    for one in reps:
        work.session.add(ReportBack(meeting_id=meeting.id, person_id=one.person_id, asked_at=work.now))
        due = due_on(work.now, area.report_back_days)
        letter = letters.report_letter(area, meeting, one.person_id, one.name, due, site)
        work.post(letter, key=f"report-back:{meeting.id}:{one.person_id}")
    work.session.flush()
    work.record(Did.ASKED, f"meeting:{meeting.id}", number=len(reps))
    return len(reps)


def send(work: Work, meeting_id: UUID, boxes: Boxes) -> ReportBack:
    """Her own three boxes; she may mend them. For anybody who was not asked there are none: ``NotFound``."""
    mine = queries.find_mine(work.session, meeting_id, work.actor.person_id, hold=True)
    if mine is None:
        raise NotFound
    wrong = what_is_wrong(boxes)
    if wrong:
        raise Invalid(wrong)
    for name, value in vars(boxes).items():
        setattr(mine, name, value)
    mine.sent_at = mine.sent_at or work.now
    work.record(Did.SENT, f"meeting:{meeting_id}", public=int(boxes.public))
    return mine
