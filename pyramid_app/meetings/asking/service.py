"""Asking for an item, and a chair's yes or no."""

from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.rules import Draft, ItemKind
from pyramid_app.meetings.agenda.suggesting import MINUTES
from pyramid_app.meetings.asking import letters, queries
from pyramid_app.meetings.asking.models import AskedItem
from pyramid_app.meetings.asking.permissions import may_ask
from pyramid_app.meetings.asking.rules import Answer, Did, what_is_wrong_with_answer, what_is_wrong_with_ask
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead
from pyramid_app.participation.group import queries as group
from pyramid_app.topics.models import Topic


def ask(work: Work, title: str, words: str, topic_id: UUID | None = None) -> AskedItem:
    """A member asks the chair for an item; the day of the answer is promised at once. Raises ``Invalid`` by field."""
    may_ask(work.actor, group.is_member(work.session, work.actor.person_id, work.now)).enforce()
    wrong = what_is_wrong_with_ask(title, words)
    if topic_id and work.session.get(Topic, topic_id) is None:
        wrong["topic"] = Say("Choose one from the list.")
    if wrong:
        raise Invalid(wrong)
    assert work.actor.person_id is not None  # noqa: S101  members and officers are people
    days = settings_of(work.session, work.now).item_answer_working_days
    one = AskedItem(
        id=uuid7(), by_id=work.actor.person_id, title=title, words=words, topic_id=topic_id, asked_at=work.now,
        answer_by_on=add_working_days(london_date(work.now), days),
    )  # fmt: skip
    work.session.add(one)
    work.session.flush()
    work.record(Did.ASKED, f"asked item:{one.id}")
    return one


def answer(work: Work, ask_id: UUID, said: Answer, site: str) -> AskedItem:
    """Yes, at that meeting; or no, because. Who asked hears it by letter. Raises ``Conflict`` if it is answered."""
    may_lead(work.actor).enforce()
    wrong = what_is_wrong_with_answer(said)
    if wrong:
        raise Invalid(wrong)
    # Always the meeting first, then what is put on it: two acts never wait for each other.
    meeting = _meeting(work, said.meeting_id) if said.yes and said.meeting_id else None
    one = queries.get_ask(work.session, ask_id, hold=True)
    if one.answered_at:
        raise Conflict(Say("This has been answered already."))
    one.answered_at, one.answered_by_id, one.yes = work.now, work.actor.person_id, said.yes
    one.because = said.because
    if meeting:
        draft = Draft(one.title, one.words, MINUTES, ItemKind.HEAR, one.topic_id)
        one.item_id = agenda.add(work, meeting.id, draft, asked_by_id=one.by_id).id
    work.session.flush()
    work.record(Did.ANSWERED, f"asked item:{one.id}", yes=int(bool(said.yes)))
    name = people.names_of(work.session, [one.by_id]).get(one.by_id, "")
    area = settings_of(work.session, work.now)
    letter = letters.answered_letter(area, one, meeting, work.actor.name, name, site)
    work.post(letter, key=f"item-answered:{one.id}")
    return one


def _meeting(work: Work, meeting_id: UUID) -> Meeting:
    """One that is still to come."""
    meeting = meetings.get_held(work.session, meeting_id)
    if meeting.called_off_at or meeting.closed_at or meeting.starts_at <= work.now:
        raise Invalid({"meeting": Say("Choose a meeting that is still to come.")})
    return meeting
