"""Answering a topic, telling everyone who spoke, and saying by itself when we are late."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.area.queries import settings_of
from pyramid_app.base.actor import Actor
from pyramid_app.base.errors import Conflict, Invalid
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.outcomes import letters, queries
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.permissions import may_publish
from pyramid_app.outcomes.replies import service as replies
from pyramid_app.outcomes.rules import NEW_DATE_WORKING_DAYS, Answer, Did, Draft, what_is_missing, without_strays
from pyramid_app.outcomes.searching.service import keep_words
from pyramid_app.outcomes.views import queries as views_queries
from pyramid_app.outcomes.views import service as views
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.models import Topic
from pyramid_app.topics.rules import State

FOUND_BY = ("you_said", "we_did", "for_families", "reason", "instead", "to_whom")
"""What an answer can be found by, beside its topic's name."""


def publish(
    work: Work, topic_id: UUID, draft: Draft, *, partners: Sequence[str] = (), ask_reps: bool = False, address: str = ""
) -> Outcome:
    """Answer a topic in public; everyone who spoke is written to within a minute. Raises ``Invalid`` by field.

    ``partners`` that it names see it some working days before: it is public and told about from then on.
    ``ask_reps``: the representatives hear at once, and are asked what they think; ``address`` is where they say so.
    """
    may_publish(work.actor).enforce()
    topic = topics.get_topic_by_id(work.session, topic_id)
    work.session.refresh(topic, with_for_update=True)  # two officers answer one after the other
    if queries.find_waiting(work.session, topic_id, work.now):
        raise Conflict(Say("An answer to this topic waits to become public. Take it back first."))
    public_at = replies.public_from(work, partners) if partners else work.now
    missing = what_is_missing(draft, london_date(work.now)) | _too_early(draft, london_date(public_at))
    if missing:
        raise Invalid(missing)
    if topic.merged_into_id:
        raise Invalid({"answer": Say("This topic is part of another one now. Answer that one.")})
    outcome = unsaved_outcome(topic.id, draft, work.actor, public_at)
    outcome.ref = f"{topic.ref}-{queries.answers_of(work.session, topic.id) + 1}"
    work.session.add(outcome)
    work.session.flush()
    keep_findable(work, outcome, topic.title)
    work.record(Did.PUBLISHED, f"outcome:{outcome.id}", topic=topic.id, state=outcome.state)
    if partners:
        replies.show_first(work, outcome, partners)
    else:
        _move_topic(work, outcome)
    if ask_reps:
        views.ask(work, outcome, address)
    return outcome


def keep_findable(work: Work, outcome: Outcome, title: str) -> None:
    """An answer is found by its words, by its topic's name, and by what its picture or PDF says."""
    shown = [file.words for file in queries.evidence_of(work.session, [outcome]).values()]
    keep_words(work.session, outcome.id, title, *(getattr(outcome, name) for name in FOUND_BY), *shown)


def _too_early(draft: Draft, public_on: date) -> dict[str, Say]:
    """The next word comes after the answer itself, also where that waits for partners."""
    if draft.answer is Answer.WORKING and draft.next_word_on and draft.next_word_on <= public_on:
        return {"next_word_on": Say("Choose a later day: this answer becomes public on {on}.", on=public_on)}
    return {}


def _move_topic(work: Work, outcome: Outcome) -> None:
    """To where the answer puts it; a topic that was merged meanwhile has no state of its own any more."""
    outcome.moved_at = work.now
    if topics.get_topic_by_id(work.session, outcome.topic_id).merged_into_id is None:
        topics_service.move(work, outcome.topic_id, outcome.state, outcome.next_word_on)


def make_public(work: Work, outcome_id: UUID) -> bool:
    """An answer's time has come: its topic moves to where the answer puts it. Says whether it did; twice does nothing.

    Families read the answer from its time on whether or not this has run; letters wait for it.
    """
    outcome = work.session.get_one(Outcome, outcome_id, with_for_update=True)  # it may be taken back at this moment
    if outcome.moved_at or outcome.taken_back_at or outcome.published_at > work.now:
        return False
    _move_topic(work, outcome)
    work.record(Did.MADE_PUBLIC, f"outcome:{outcome.id}", topic=outcome.topic_id)
    return True


def take_back(work: Work, topic_id: UUID) -> Outcome:
    """Before it is public, and never after: nobody but partners and representatives has seen it."""
    may_publish(work.actor).enforce()
    waiting = queries.find_waiting(work.session, topic_id, work.now)
    if waiting is None:
        raise Conflict(Say("There is no answer to take back. If it is public, write a new one."))
    work.session.refresh(waiting, with_for_update=True)
    if waiting.taken_back_at is None:
        waiting.taken_back_at = work.now
        work.record(Did.TAKEN_BACK, f"outcome:{waiting.id}", topic=topic_id)
    return waiting


def unsaved_outcome(topic_id: UUID, draft: Draft, by: Actor, public_at: datetime) -> Outcome:
    """The answer as a row that is not stored; of its fields only those that belong to this kind of answer."""
    draft = without_strays(draft)
    assert by.person_id is not None  # noqa: S101  only people answer in public: ``may_publish``
    values = {name: value for name, value in vars(draft).items() if name != "answer"}
    ident = uuid7()
    return Outcome(
        id=ident, topic_id=topic_id, state=State(draft.answer.value), by_id=by.person_id, ref="", telling_id=ident,
        published_at=public_at, answered_at=public_at, **values,
    )  # fmt: skip


def give_new_date(work: Work, topic_id: UUID, on: date | None, why: str, address: str) -> int:
    """The owner of a topic says when, and why it takes longer. The earlier date stays in sight.

    Everyone who was promised an earlier day is written to; returns how many. Raises ``Invalid`` by field.
    """
    may_publish(work.actor).enforce()
    wrong = {}
    if on is None or on <= london_date(work.now):
        wrong["next_word_on"] = Say("Choose a later day than today.")
    if not why:
        wrong["why"] = Say("Say why it takes longer. Families read it.")
    if wrong or on is None:
        raise Invalid(wrong)
    topic = topics.get_topic_by_id(work.session, topic_id)
    promised = topic.next_word_on
    topics_service.promise_word(work, topic_id, on, why)
    if promised is None or on <= promised:
        return 0
    return _write_to_all(work, topic, "outcome_new_date", f"topic-date:{topic_id}:{on}", address, promised, on, why)


def tell_some(
    work: Work, outcome_id: UUID, listeners: Mapping[UUID, str | None], answered: Mapping[UUID, str], address: str
) -> int:
    """Write one letter about this answer to each of these people; returns how many were new.

    ``answered``: by person, the title of the poll about it that they took part in.
    """
    outcome = work.session.get_one(Outcome, outcome_id)
    if queries.find_correction(work.session, outcome_id):
        return 0  # the better words go instead
    topic = topics.get_topic_by_id(work.session, outcome.topic_id)
    area, reps = settings_of(work.session, work.now), views_queries.lines_of(work.session, [outcome.id])[outcome.id]
    by = people.names_of(work.session, [outcome.by_id]).get(outcome.by_id, "")
    again = queries.is_told_again(work.session, outcome)
    written = 0
    for person in people.list_people(work.session, listeners):
        if not person.wants_answers:
            continue
        words = letters.outcome_words(
            area, topic, outcome, name=person.name, said=listeners[person.id], answered=answered.get(person.id), by=by,
            address=address, reps=reps if reps.known else None, again=again,
        )  # fmt: skip
        draft = letters.outcome_letter(words, person.id, topic, address)
        written += work.post(draft, key=f"outcome:{outcome.telling_id}:{person.id}")
    return written


def all_told(work: Work, outcome_id: UUID) -> None:
    work.session.get_one(Outcome, outcome_id).told_at = work.now


def be_late(work: Work, topic_id: UUID, address: str) -> int:
    """The promised day has passed: tell everyone who spoke, and owe a new date. A second run finds nothing late."""
    topic, today = topics.get_topic_by_id(work.session, topic_id), london_date(work.now)
    work.session.refresh(topic, with_for_update=True)  # an officer may be giving a new date at this moment
    missed = topic.next_word_on
    if missed is None or missed >= today:
        return 0
    next_on = add_working_days(today, NEW_DATE_WORKING_DAYS)
    topics_service.miss_word(work, topic_id, next_on)
    return _write_to_all(work, topic, "outcome_late", f"topic-late:{topic_id}:{missed}", address, missed, next_on)


def _write_to_all(
    work: Work, topic: Topic, template: str, key: str, address: str, missed: date, next_on: date, why: str = ""
) -> int:
    """One letter about a date to everybody who hears about this topic and wants to; returns how many were new."""
    area, listeners = settings_of(work.session, work.now), queries.who_spoke(work.session, topic.id)
    answered = queries.polls_answered(work.session, topic.id, work.now)
    written = 0
    for person in people.list_people(work.session, listeners):
        if not person.wants_answers:
            continue
        draft = letters.date_letter(
            template, area, topic, said=listeners[person.id], answered=answered.get(person.id), person_id=person.id,
            missed=missed, next_on=next_on, why=why, address=address,
        )  # fmt: skip
        written += work.post(draft, key=f"{key}:{person.id}")
    return written
