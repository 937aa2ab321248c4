"""What the page of a meeting shows, gathered from its rooms in a constant number of questions."""

from typing import Any

from pyramid_app.base.web import house
from pyramid_app.kit.texts import london_date
from pyramid_app.meetings import queries
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.agenda.rules import NAMES, WORDS
from pyramid_app.meetings.deciding import queries as deciding
from pyramid_app.meetings.deciding.rules import NAMES as WAYS
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead, may_minute, may_plan, sees_agenda
from pyramid_app.meetings.reporting import queries as reporting
from pyramid_app.meetings.reporting.rules import due_on, is_missing
from pyramid_app.meetings.rules import State, state_of
from pyramid_app.participation.group.rules import KINDS


def meeting_page(meeting: Meeting) -> dict[str, Any]:
    reading, now, who = house.reading(), house.now(), house.actor()
    members, state = queries.members_at(reading, meeting, now), state_of(meeting, now)
    reports = reporting.of_meeting(reading, meeting.id)
    due = due_on(meeting.reports_at, house.area().report_back_days) if meeting.reports_at else None
    open_agenda = sees_agenda(who, meeting)
    lines = agenda.lines_of(reading, meeting.id) if open_agenda else []
    return {
        "meeting": meeting, "state": state, "members": members, "kinds": KINDS, "ways": WAYS,
        "how": deciding.attendance(reading, meeting.id),
        "quorum": deciding.quorum(reading, meeting, members, now) if state in _MET else None,
        "lines": lines, "open_agenda": open_agenda, "item_kinds": NAMES, "words": WORDS,
        "minutes": sum(line.item.minutes for line in lines),
        "length": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "is_member": who.person_id in {one.person_id for one in members},
        "chair": bool(may_lead(who)), "may_plan": bool(may_plan(who, meeting, now)),
        "may_minute": bool(may_minute(who, meeting, now)),
        "reports": reports, "due": due,
        "missing": [one.name for one in reports if due and is_missing(one.row, due, london_date(now))],
    }  # fmt: skip


_MET = frozenset({State.ON, State.OVER, State.CLOSED})
