"""Writing an agenda: add, change, move and take off items, bring back what was parked, declare an interest."""

from uuid import UUID

from sqlmodel import col, delete
from uuid6 import uuid7

from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda import queries
from pyramid_app.meetings.agenda.models import AgendaItem, Interest
from pyramid_app.meetings.agenda.rules import Did, Draft, Word, what_is_wrong, what_is_wrong_with_interest
from pyramid_app.meetings.agenda.suggesting import suggestions
from pyramid_app.meetings.models import Meeting
from pyramid_app.meetings.permissions import may_lead, may_plan
from pyramid_app.meetings.rules import CHANGED, State, state_of
from pyramid_app.participation.group import queries as group
from pyramid_app.topics.models import Topic


def add(work: Work, meeting_id: UUID, draft: Draft, *, asked_by_id: UUID | None = None) -> AgendaItem:
    """One more item, at the end. Raises ``Invalid`` by field."""
    meeting = _hold(work, meeting_id)
    _check(work, draft)
    return _put(work, meeting, draft, asked_by_id=asked_by_id)


def take(work: Work, meeting_id: UUID, source: str) -> AgendaItem:
    """Put a suggestion on the agenda. Raises ``Conflict`` if it is due no more or stands on one already."""
    meeting = _hold(work, meeting_id)
    one = next((each for each in suggestions(work.session, work.now) if each.source == source), None)
    if one is None:
        raise Conflict(Say("This is on an agenda already, or is not due any more."))
    draft = Draft(one.title, one.words, one.minutes, one.kind, one.topic_id, one.brings_id)
    if one.parked_id:
        return _put_back(work, meeting, work.session.get_one(AgendaItem, one.parked_id))
    return _put(work, meeting, draft, source=source)


def change(work: Work, meeting_id: UUID, item_id: UUID, version: int, draft: Draft) -> AgendaItem:
    """Other words. ``version`` is the one the chair saw; raises ``Conflict`` where it has changed since."""
    _hold(work, meeting_id)
    item = _get(work, meeting_id, item_id)
    if item.version != version:
        raise Conflict(CHANGED)
    _check(work, draft)
    for name, value in vars(draft).items():
        setattr(item, name, value)
    item.version += 1
    work.record(Did.CHANGED, f"agenda item:{item.id}", version=item.version)
    return item


def move(work: Work, meeting_id: UUID, item_id: UUID, version: int, *, up: bool) -> None:
    """One place up or down. ``version`` is the agenda's; raises ``Conflict`` where its order has changed since."""
    meeting = _hold(work, meeting_id)
    if meeting.version != version:
        raise Conflict(Say("Somebody else has changed the order since you opened it. Look at it again."))
    items = queries.items_of(work.session, meeting_id)
    here = next((place for place, item in enumerate(items) if item.id == item_id), None)
    if here is None:
        raise NotFound
    there = here - 1 if up else here + 1
    if 0 <= there < len(items):
        items[here].position, items[there].position = items[there].position, items[here].position
        meeting.version += 1
        work.record(Did.MOVED, f"agenda item:{item_id}", up=int(up))


def drop(work: Work, meeting_id: UUID, item_id: UUID) -> None:
    """Take it off. What came from a suggestion is suggested again; what somebody was promised stays."""
    meeting = _hold(work, meeting_id)
    item = _get(work, meeting_id, item_id)
    if item.asked_by_id:
        raise Conflict(Say("Somebody asked for this and was told yes, so it stays. You can park it at the meeting."))
    work.session.exec(delete(Interest).where(col(Interest.item_id) == item_id))
    work.session.delete(item)
    meeting.version += 1
    work.session.flush()
    work.record(Did.DROPPED, f"agenda item:{item_id}", meeting=meeting_id)


def declare(work: Work, meeting_id: UUID, item_id: UUID, person_id: UUID, said: str) -> Interest:
    """What a member has to do with this item; said by herself, or by the chair for her. Said again, it is mended."""
    meeting = meetings.get_held(work.session, meeting_id)
    item = queries.get_item(work.session, meeting_id, item_id)
    if person_id != work.actor.person_id:
        may_lead(work.actor).enforce()
    if not group.is_member(work.session, person_id, work.now):
        raise Invalid({"who": Say("Choose a member of the Group.")})
    if state_of(meeting, work.now) in {State.CLOSED, State.CALLED_OFF}:
        raise Conflict(Say("This meeting is over. Nothing about it changes any more."))
    wrong = what_is_wrong_with_interest(said)
    if wrong:
        raise Invalid(wrong)
    row = queries.find_interest(work.session, item.id, person_id)
    row = row or Interest(item_id=item.id, person_id=person_id, said=said, at=work.now, by_id=work.actor.person_id)
    row.said, row.at, row.by_id = said, work.now, work.actor.person_id
    work.session.add(row)
    work.session.flush()
    work.record(Did.INTEREST, f"agenda item:{item.id}", person=person_id)
    return row


def bring_back(work: Work, meeting: Meeting) -> int:
    """Everything that was parked and is on no agenda; the caller holds the meeting. Returns how many came back."""
    waiting = queries.waiting(work.session)
    for item in waiting:
        _put_back(work, meeting, item)
    return len(waiting)


def park_the_rest(work: Work, meeting: Meeting) -> None:
    """Whatever has no word yet comes back at the next meeting, at once if that is arranged. ``meeting`` is over."""
    for item in queries.items_of(work.session, meeting.id):
        if item.decided is None:
            item.decided, item.decided_at, item.version = Word.PARKED, work.now, item.version + 1
            work.record(Did.PARKED, f"agenda item:{item.id}")
    work.session.flush()
    following = meetings.find_next(work.session, work.now, meeting.id)
    if following:
        bring_back(work, meetings.get_held(work.session, following.id))


def _put_back(work: Work, meeting: Meeting, item: AgendaItem) -> AgendaItem:
    draft = Draft(item.title, item.words, item.minutes, item.kind, item.topic_id, item.brings_id)
    return _put(
        work,
        meeting,
        draft,
        source=item.source,
        parked_from_id=item.id,
        asked_by_id=item.asked_by_id,
        did=Did.CAME_BACK,
    )


def _put(
    work: Work,
    meeting: Meeting,
    draft: Draft,
    *,
    source: str | None = None,
    parked_from_id: UUID | None = None,
    asked_by_id: UUID | None = None,
    did: Did = Did.ADDED,
) -> AgendaItem:
    last = max((item.position for item in queries.items_of(work.session, meeting.id)), default=0)
    item = AgendaItem(
        id=uuid7(), meeting_id=meeting.id, position=last + 1, source=source, parked_from_id=parked_from_id,
        asked_by_id=asked_by_id, added_at=work.now, **vars(draft),
    )  # fmt: skip
    work.session.add(item)
    meeting.version += 1
    work.session.flush()
    work.record(did, f"agenda item:{item.id}", meeting=meeting.id)
    return item


def _check(work: Work, draft: Draft) -> None:
    wrong = what_is_wrong(draft)
    if draft.topic_id and work.session.get(Topic, draft.topic_id) is None:
        wrong["topic"] = Say("Choose one from the list.")
    if draft.brings_id and not group.is_member(work.session, draft.brings_id, work.now):
        wrong["brings"] = Say("Choose a member of the Group.")
    if wrong:
        raise Invalid(wrong)


def _hold(work: Work, meeting_id: UUID) -> Meeting:
    """The meeting, held until the act ends: two chairs write one after the other."""
    meeting = meetings.get_held(work.session, meeting_id)
    may_plan(work.actor, meeting, work.now).enforce()
    return meeting


def _get(work: Work, meeting_id: UUID, item_id: UUID) -> AgendaItem:
    """As it stands now, not as it was read before the meeting was held."""
    item = work.session.get(AgendaItem, item_id, populate_existing=True)
    if item is None or item.meeting_id != meeting_id:
        raise NotFound
    return item
