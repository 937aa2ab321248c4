"""A topic starts again: by itself, when enough families say that it did not help; or because an officer says so."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import Session
from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import staff_queries
from pyramid_app.area.queries import settings_of
from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.rules import NEW_DATE_WORKING_DAYS
from pyramid_app.outcomes.verdicts import letters, queries
from pyramid_app.outcomes.verdicts.models import Reopening
from pyramid_app.outcomes.verdicts.permissions import may_mark_seen, may_reopen
from pyramid_app.outcomes.verdicts.rules import Did, Helped, choose_owner, starts_again, tally
from pyramid_app.participation import queries as participation
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.models import Topic
from pyramid_app.topics.rules import SETTLED


def is_enough(counted: Mapping[str, int]) -> bool:
    """Whether these verdicts start a topic again."""
    helped = tally(counted)
    return starts_again(helped[Helped.YES], helped[Helped.SOMETIMES], helped[Helped.NO])


def reopen_by_itself(work: Work, outcome_id: UUID) -> bool:
    """Enough families say no. Says whether it was reopened now: once for each answer, whoever comes first."""
    may_reopen(work.actor).enforce()
    topic = _held(work, work.session.get_one(Outcome, outcome_id).topic_id)
    if not is_enough(queries.without_help(work.session, work.now).get(outcome_id, {})):
        return False
    staff = staff_of(work.session, work.now)
    owner = choose_owner(topic.owner_id, list(staff), [one for one, leads in staff.items() if leads])
    # Where nobody is left to look after it there is nobody to start: the next run tries again.
    return owner is not None and _reopen(work, topic, outcome_id, owner, "", None)


def reopen(work: Work, topic_id: UUID, because: str, owner_id: UUID | None) -> None:
    """An officer starts a finished topic again, for a public reason, and says who looks after it.

    Raises ``Invalid`` by field, ``Conflict`` where it is worked on already.
    """
    may_reopen(work.actor).enforce()
    topic = _held(work, topic_id)
    wrong = {}
    if not because:
        wrong["because"] = Say("Say why. Everybody who spoke will read it.")
    if owner_id is None or owner_id not in staff_of(work.session, work.now):
        wrong["owner"] = Say("Say who looks after it. Without somebody it does not start.")
    if wrong or owner_id is None:
        raise Invalid(wrong)
    newest = queries.find_newest(work.session, topic_id, work.now)
    if topic.state not in SETTLED or newest is None:
        raise Conflict(Say("We are working on this topic already."))
    if not _reopen(work, topic, newest.id, owner_id, because, work.actor.person_id):
        raise Conflict(Say("Somebody has started this topic again already."))


def _reopen(work: Work, topic: Topic, outcome_id: UUID, owner: UUID, because: str, by: UUID | None) -> bool:
    values = {"id": uuid7(), "topic_id": topic.id, "outcome_id": outcome_id, "at": work.now, "because": because}
    if not insert_new(work.session, table(Reopening), **values, by_id=by):
        return False
    next_on = add_working_days(london_date(work.now), NEW_DATE_WORKING_DAYS)
    topics_service.reopen(work, topic.id, owner, next_on, because)
    work.record(Did.REOPENED, f"outcome:{outcome_id}", topic=topic.id)
    return True


def tell_some(
    work: Work,
    reopening_id: UUID,
    listeners: Mapping[UUID, str | None],
    answered: Mapping[UUID, str],
    address: str,
) -> int:
    """Tell each of these people who spoke that we start again; returns how many letters were new."""
    reopening = work.session.get_one(Reopening, reopening_id, with_for_update=True)
    topic = topics.get_topic_by_id(work.session, reopening.topic_id)
    area, written = settings_of(work.session, work.now), 0
    helped = queries.answers_of(work.session, reopening.outcome_id, list(listeners))
    for person in people.list_people(work.session, listeners):
        if not person.wants_answers:
            continue
        draft = letters.we_start_again(
            area, topic, reopening, person.id, said=listeners[person.id], answered=answered.get(person.id),
            helped=helped.get(person.id), address=address,
        )  # fmt: skip
        written += work.post(draft, key=f"reopened:{reopening_id}:{person.id}")
    return written


def tell_representatives(work: Work, reopening_id: UUID, address: str) -> int:
    """Put it before the representatives, and note that everybody has been told; returns how many letters were new."""
    reopening = work.session.get_one(Reopening, reopening_id, with_for_update=True)
    topic = topics.get_topic_by_id(work.session, reopening.topic_id)
    first, area = work.session.get_one(Outcome, reopening.outcome_id), settings_of(work.session, work.now)
    outcome = queries.newest_version(work.session, first, work.now)
    written = 0
    for person_id in participation.representatives(work.session, work.now):
        draft = letters.put_before_representatives(area, topic, outcome, reopening, person_id, address)
        written += work.post(draft, key=f"reopened-reps:{reopening_id}:{person_id}")
    reopening.told_at = work.now
    return written


def mark_seen(work: Work, topic_id: UUID) -> None:
    """A representative says that they have talked about it. Once said it stays."""
    may_mark_seen(represents(work.session, work.actor.person_id, work.now)).enforce()
    found = queries.reopenings(work.session, topic_id=topic_id, most=1)
    if not found:
        raise NotFound
    if found[0].reopening.seen_at is None:
        found[0].reopening.seen_at = work.now
        work.record(Did.SEEN, f"topic:{topic_id}")


def represents(session: Session, person_id: UUID | None, now: datetime) -> bool:
    return person_id is not None and person_id in participation.representatives(session, now)


def staff_of(session: Session, now: datetime) -> dict[UUID, bool]:
    """Everybody who can look after a topic, by name; whether they lead."""
    leads = staff_queries.leads(session, now)
    return {person.id: person.id in leads for person in staff_queries.colleagues(session, None, now)}


def _held(work: Work, topic_id: UUID) -> Topic:
    """The topic, as it stands when nobody else is changing it."""
    topic = topics.get_topic_by_id(work.session, topic_id)
    work.session.refresh(topic, with_for_update=True)
    return topic
