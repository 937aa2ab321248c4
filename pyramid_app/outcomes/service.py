"""Answering a topic, telling everyone who spoke, and saying by itself when we are late."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import Actor
from pyramid_app.base.errors import Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.outcomes import letters, queries
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.permissions import may_publish
from pyramid_app.outcomes.rules import Answer, Did, Draft, what_is_missing
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State

NEW_DATE_WORKING_DAYS = 10
"""What a late letter promises by itself, until the owner gives a date with a reason."""


def publish(work: Work, topic_id: UUID, draft: Draft) -> Outcome:
    """Answer a topic in public. Everyone who spoke is written to within a minute. Raises ``Invalid`` by field."""
    may_publish(work.actor).enforce()
    missing = what_is_missing(draft, london_date(work.now))
    if missing:
        raise Invalid(missing)
    topic = topics.get_topic_by_id(work.session, topic_id)
    state = State(draft.answer.value)
    outcome = unsaved_outcome(topic.id, draft, work.actor, work.now)
    work.session.add(outcome)
    work.session.flush()
    topics_service.move(work, topic.id, state, draft.next_word_on if draft.answer is Answer.WORKING else None)
    work.record(Did.PUBLISHED, f"outcome:{outcome.id}", topic=topic.id, state=state)
    return outcome


def unsaved_outcome(topic_id: UUID, draft: Draft, by: Actor, now: datetime) -> Outcome:
    """The answer as a row that is not stored; of its fields only those that belong to this kind of answer."""
    assert by.person_id is not None  # noqa: S101  only people answer in public: ``may_publish``
    values = {name: value for name, value in vars(draft).items() if name != "answer"}
    if draft.answer is not Answer.WORKING:
        values["next_word_on"] = None
    if draft.answer is not Answer.DONE:
        values["done_on"] = None
    state = State(draft.answer.value)
    return Outcome(id=uuid7(), topic_id=topic_id, state=state, by_id=by.person_id, published_at=now, **values)


def give_new_date(work: Work, topic_id: UUID, on: date | None, why: str) -> None:
    """The owner of a late topic says when, and why it took longer. The missed date stays in sight."""
    may_publish(work.actor).enforce()
    wrong = {}
    if on is None or on <= london_date(work.now):
        wrong["next_word_on"] = Say("Choose a later day than today.")
    if not why:
        wrong["why"] = Say("Say why it takes longer. Families read it.")
    if wrong or on is None:
        raise Invalid(wrong)
    topics_service.promise_word(work, topic_id, on, why)


def tell_some(work: Work, outcome_id: UUID, listeners: Mapping[UUID, str | None], address: str) -> int:
    """Write one letter about this answer to each of these people; returns how many were new."""
    outcome = work.session.get_one(Outcome, outcome_id)
    topic = topics.get_topic_by_id(work.session, outcome.topic_id)
    area = settings_of(work.session, work.now)
    by = people.names_of(work.session, [outcome.by_id]).get(outcome.by_id, "")
    written = 0
    for person in people.list_people(work.session, listeners):
        if not person.wants_answers:
            continue
        words = letters.outcome_words(
            area, topic, outcome, name=person.name, said=listeners[person.id], by=by, address=address
        )
        draft = letters.outcome_letter(words, person.id, topic, address)
        written += work.post(draft, key=f"outcome:{outcome.id}:{person.id}")
    return written


def all_told(work: Work, outcome_id: UUID) -> None:
    work.session.get_one(Outcome, outcome_id).told_at = work.now


def be_late(work: Work, topic_id: UUID, address: str) -> int:
    """The promised day has passed: tell everyone who spoke, and owe a new date. A second run finds nothing late."""
    topic, today = topics.get_topic_by_id(work.session, topic_id), london_date(work.now)
    missed = topic.next_word_on
    if missed is None or missed >= today:
        return 0
    next_on = add_working_days(today, NEW_DATE_WORKING_DAYS)
    topics_service.miss_word(work, topic_id, next_on)
    area, listeners = settings_of(work.session, work.now), queries.who_spoke(work.session, topic_id)
    written = 0
    for person in people.list_people(work.session, listeners):
        if not person.wants_answers:
            continue
        draft = letters.late_letter(
            area, topic, said=listeners[person.id], person_id=person.id, missed=missed, next_on=next_on, address=address
        )
        written += work.post(draft, key=f"topic-late:{topic_id}:{missed}:{person.id}")
    return written
