"""The chair's verbs: arrange a meeting, change its plan, send out the agenda, call it off."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import col, select
from uuid6 import uuid7

from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.kit.texts.slugs import slug
from pyramid_app.meetings import letters, queries
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.agenda import service as agendas
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead, may_plan
from pyramid_app.meetings.rules import CHANGED, TOLD_AGAIN, Did, Plan, state_of, what_is_wrong, why_not_published
from pyramid_app.participation.group import queries as group


def arrange(work: Work, plan: Plan) -> Meeting:
    """A new meeting. What was parked before is on its agenda, if it is the next one. Raises ``Invalid`` by field."""
    may_lead(work.actor).enforce()
    wrong = what_is_wrong(plan, work.now)
    if wrong or plan.starts_at is None or plan.ends_at is None:
        raise Invalid(wrong or {"ends": Say("Say when it ends.")})
    ref = _free_ref(work, f"{slug(plan.title, empty='meeting')}-{london_date(plan.starts_at)}")
    meeting = Meeting(id=uuid7(), ref=ref, by_id=work.actor.person_id, written_at=work.now, **vars(plan))
    work.session.add(meeting)
    work.session.flush()
    work.record(Did.ARRANGED, f"meeting:{meeting.id}", starts_at=meeting.starts_at)
    if queries.find_next(work.session, work.now) is meeting:
        agendas.bring_back(work, meeting)
    return meeting


def change(work: Work, meeting_id: UUID, version: int, plan: Plan, site: str) -> Meeting:
    """Another plan. Whoever has the agenda is told of another time or place.

    ``version`` is the one the chair saw; raises ``Conflict`` where it has changed since, ``Invalid`` by field.
    """
    meeting = queries.get_held(work.session, meeting_id)
    may_plan(work.actor, meeting, work.now).enforce()
    if meeting.version != version:
        raise Conflict(CHANGED)
    wrong = what_is_wrong(plan, work.now)
    if wrong:
        raise Invalid(wrong)
    moved = any(getattr(meeting, name) != getattr(plan, name) for name in TOLD_AGAIN)
    for name, value in vars(plan).items():
        setattr(meeting, name, value)
    meeting.version += 1
    work.session.flush()
    work.record(Did.CHANGED, f"meeting:{meeting.id}", version=meeting.version, starts_at=meeting.starts_at)
    if moved and meeting.published_at:
        _tell(work, meeting, f"changed-{meeting.version}", letters.changed_letter, site)
    return meeting


def publish(work: Work, meeting_id: UUID, site: str) -> Meeting:
    """The agenda goes to everybody in the Group. Raises ``Conflict`` if it is out, ``Invalid`` if it is empty."""
    meeting = queries.get_held(work.session, meeting_id)
    may_lead(work.actor).enforce()
    items = agenda.items_of(work.session, meeting.id)
    refused = why_not_published(state_of(meeting, work.now), len(items))
    if refused:
        raise Conflict(refused)
    meeting.published_at = work.now
    work.record(Did.PUBLISHED, f"meeting:{meeting.id}", items=len(items))
    _tell(
        work, meeting, "agenda",
        lambda area, one, to, name, by, where: letters.agenda_letter(area, one, items, to, name, by, where), site,
    )  # fmt: skip
    return meeting


def call_off(work: Work, meeting_id: UUID, because: str, site: str) -> None:
    """It does not take place, and why; what was on its agenda comes back at the next one."""
    meeting = queries.get_held(work.session, meeting_id)
    may_plan(work.actor, meeting, work.now).enforce()
    if not because:
        raise Invalid({"because": Say("Say why. Everybody in the Group reads it.")})
    meeting.called_off_at, meeting.because = work.now, because
    work.record(Did.CALLED_OFF, f"meeting:{meeting.id}")
    agendas.park_the_rest(work, meeting)
    if meeting.published_at:
        _tell(work, meeting, "called-off", letters.called_off_letter, site)


def _tell(work: Work, meeting: Meeting, what: str, letter: Callable[..., Draft], site: str) -> None:
    """Everybody who belongs to the Group now."""
    area, by = settings_of(work.session, work.now), work.actor.name
    for one in group.members(work.session, work.now):
        draft = letter(area, meeting, one.person_id, one.name, by, site)
        work.post(draft, key=f"meeting:{meeting.id}:{what}:{one.person_id}")


def _free_ref(work: Work, wanted: str) -> str:
    """Readable, and never the same twice: two at once fail on the table's key."""
    taken = set(work.session.exec(select(Meeting.ref).where(col(Meeting.ref).startswith(wanted))))
    return next(ref for ref in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if ref not in taken)
