"""Sending the brief to whoever belongs to the Group at the meeting."""

from uuid import UUID

from pyramid_app.area.queries import settings_of
from pyramid_app.base.work import Work
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.briefs import letters
from pyramid_app.meetings.briefs.rules import Did
from pyramid_app.meetings.rules import State, state_of


def send(work: Work, meeting_id: UUID, site: str) -> int:
    """To every member, once; returns how many letters. None where the meeting has begun or does not take place."""
    meeting = meetings.get_held(work.session, meeting_id)
    if meeting.briefed_at or state_of(meeting, work.now) is not State.COMING:
        return 0
    meeting.briefed_at = work.now
    area, members = settings_of(work.session, work.now), meetings.members_at(work.session, meeting, work.now)
    for one in members:
        letter = letters.brief_letter(area, meeting, one.person_id, one.name, site)
        work.post(letter, key=f"brief:{meeting.id}:{one.person_id}")
    work.session.flush()
    work.record(Did.SENT, f"meeting:{meeting.id}", number=len(members))
    return len(members)
