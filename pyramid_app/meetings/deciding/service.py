"""Who is there, what is decided, and closing the meeting. Everything queues at the meeting's row."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.charter.handing import service as handing
from pyramid_app.charter.handing.rules import Stands
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.agenda import service as agendas
from pyramid_app.meetings.agenda.models import AgendaItem
from pyramid_app.meetings.deciding import letters, queries
from pyramid_app.meetings.deciding.models import Attendance
from pyramid_app.meetings.deciding.rules import PRESENT, Decision, Did, How, what_is_wrong
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_minute
from pyramid_app.meetings.rules import CHANGED, State, state_of


def cant_come(work: Work, meeting_id: UUID, *, after_all: bool = False) -> None:
    """A member says before the meeting ends that she can't come; ``after_all``: she can."""
    meeting = meetings.get_held(work.session, meeting_id)
    me = work.actor.person_id
    if me not in {one.person_id for one in meetings.members_at(work.session, meeting, work.now)} or me is None:
        raise NotFound
    if state_of(meeting, work.now) not in {State.WRITTEN, State.COMING}:
        raise Conflict(Say("This meeting has begun or is over."))
    row = work.session.get(Attendance, (meeting_id, me))
    if after_all and row:
        work.session.delete(row)
    elif not after_all:
        _write(work, meeting_id, me, How.APOLOGIES)
    work.record(Did.HERE, f"meeting:{meeting_id}", person=me, how="" if after_all else How.APOLOGIES)


def write_down(work: Work, meeting_id: UUID, changes: Mapping[UUID, How | None]) -> None:
    """Who is there and how; ``None``: nothing was said. Only what is in ``changes`` is touched, so that two chairs
    who write at once do not undo each other. Raises ``Invalid`` for somebody who is no member."""
    meeting = meetings.get_held(work.session, meeting_id)
    may_minute(work.actor, meeting, work.now).enforce()
    known = {one.person_id for one in meetings.members_at(work.session, meeting, work.now)}
    if not set(changes) <= known:
        raise Invalid({"": Say("Choose members of the Group.")})
    for person_id, how in changes.items():
        row = work.session.get(Attendance, (meeting_id, person_id))
        if how:
            _write(work, meeting_id, person_id, how)
        elif row:
            work.session.delete(row)
        work.record(Did.HERE, f"meeting:{meeting_id}", person=person_id, how=how or "")
    work.session.flush()


def decide(work: Work, meeting_id: UUID, item_id: UUID, version: int, decision: Decision) -> AgendaItem:
    """What the meeting says about an item; mended until the meeting is closed.

    Whether enough people are there is asked now. Raises ``Conflict`` where another chair has typed since, ``Invalid``
    by field.
    """
    meeting = meetings.get_held(work.session, meeting_id)
    may_minute(work.actor, meeting, work.now).enforce()
    item = agenda.get_item(work.session, meeting_id, item_id)
    work.session.refresh(item)
    if item.version != version:
        raise Conflict(CHANGED)
    members = meetings.members_at(work.session, meeting, work.now)
    there = queries.quorum(work.session, meeting, members, work.now)
    wrong = what_is_wrong(decision, item.kind, there.enough)
    if wrong:
        raise Invalid(wrong)
    item.decided, item.note, item.reps_line = decision.word, decision.note, decision.reps_line
    item.decided_at, item.decided_by_id, item.version = work.now, work.actor.person_id, item.version + 1
    work.session.flush()
    work.record(Did.DECIDED, f"agenda item:{item.id}", word=decision.word, reps=there.reps.here, group=there.group.here)
    return item


def write_hands_down(work: Work, meeting_id: UUID, item_id: UUID, said: Mapping[UUID, tuple[Stands, str]]) -> int:
    """The hands of those who are there, to the draft that an item is about: written into the charter's own show of
    hands, so that nobody types them twice. Raises ``Invalid`` by person."""
    meeting = meetings.get_held(work.session, meeting_id)
    may_minute(work.actor, meeting, work.now).enforce()
    draft = queries.draft_at_hands(work.session, agenda.get_item(work.session, meeting_id, item_id))
    if draft is None:
        raise NotFound
    how = queries.attendance(work.session, meeting_id)
    away = {person: Say("First write down that they are here.") for person in said if how.get(person) not in PRESENT}
    if away:
        raise Invalid({str(person): say for person, say in away.items()})
    return handing.raise_hands_at_meeting(work, draft.id, said)


def close(work: Work, meeting_id: UUID, site: str) -> Meeting:
    """The meeting is over: what nobody came to is parked, every member and every asker hears what was decided, and
    what is about a topic stands on its page. Nothing changes afterwards."""
    meeting = meetings.get_held(work.session, meeting_id)
    may_minute(work.actor, meeting, work.now).enforce()
    members = meetings.members_at(work.session, meeting, work.now)
    meeting.closed_at = work.now
    work.record(Did.CLOSED, f"meeting:{meeting.id}")
    agendas.park_the_rest(work, meeting)
    items = agenda.items_of(work.session, meeting_id)
    askers = {item.asked_by_id for item in items if item.asked_by_id} - {one.person_id for one in members}
    names = {one.person_id: one.name for one in members} | people.names_of(work.session, askers)
    area = settings_of(work.session, work.now)
    word_on = london_date(meeting.ends_at) + timedelta(days=1 + area.report_back_days)
    for to, name in sorted(names.items()):
        letter = letters.decided_letter(area, meeting, items, to, name, work.actor.name, word_on, site)
        work.post(letter, key=f"meeting:{meeting.id}:decided:{to}")
    return meeting


def _write(work: Work, meeting_id: UUID, person_id: UUID, how: How) -> None:
    row = work.session.get(Attendance, (meeting_id, person_id))
    row = row or Attendance(meeting_id=meeting_id, person_id=person_id, how=how, at=work.now)
    row.how, row.at, row.by_id = how, work.now, work.actor.person_id
    work.session.add(row)
