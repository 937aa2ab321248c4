"""Correcting a published answer."""

from datetime import datetime
from uuid import UUID

from pyramid_app.base.actor import Actor
from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes import service as answers
from pyramid_app.outcomes.corrections import rules
from pyramid_app.outcomes.corrections.queries import draft_of
from pyramid_app.outcomes.corrections.rules import Follows, breaks_a_promise, what_follows, what_is_wrong
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.permissions import may_publish
from pyramid_app.outcomes.rules import Did, Draft
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State


def correct(work: Work, outcome_id: UUID, draft: Draft, because: str, *, tell_again: bool) -> Outcome:
    """Publish a new version; the one before stays readable. With ``tell_again`` everybody is written to again.

    Raises ``Invalid`` by field, and ``Conflict`` where this is not the newest version any more.
    """
    may_publish(work.actor).enforce()
    # First the answer, then its topic, as whatever makes an answer public: corrections queue here.
    before = work.session.get(Outcome, outcome_id, with_for_update=True, populate_existing=True)
    if before is None or before.taken_back_at or before.published_at > work.now:
        raise NotFound
    if outcomes.find_correction(work.session, outcome_id):
        raise Conflict(rules.OVERTAKEN)
    answers.make_public(work, before.id)  # its time may have come a moment ago
    work.session.flush()
    topic = topics.get_topic_by_id(work.session, before.topic_id)
    work.session.refresh(topic, with_for_update=True)
    was = draft_of(before)
    newest = not topic.merged_into_id and outcomes.of_topic(work.session, topic.id, work.now)[0].id == before.id
    follows = what_follows(was, draft, newest=newest, state=topic.state.value)
    wrong = what_is_wrong(was, draft, because, london_date(work.now))
    if breaks_a_promise(follows, topic.next_word_on, draft) and not tell_again:
        wrong["tell_again"] = rules.PROMISED
    if wrong:
        raise Invalid(wrong)
    outcome = _next_version(work, before, draft, because, tell_again=tell_again)
    answers.keep_findable(work, outcome, topic.title)
    if follows is Follows.STATE:
        topics_service.move(work, topic.id, State(draft.answer.value), outcome.next_word_on)
    elif follows is Follows.DATE and outcome.next_word_on:
        topics_service.promise_word(work, topic.id, outcome.next_word_on, because)
    work.record(Did.CORRECTED, f"outcome:{outcome.id}", corrects=before.id, told_again=int(tell_again))
    return outcome


def _next_version(work: Work, before: Outcome, draft: Draft, because: str, *, tell_again: bool) -> Outcome:
    """Whoever had no letter about the version before gets one about this, with or without ``tell_again``."""
    outcome = unsaved_version(before, draft, because, work.actor, work.now)
    if not tell_again:
        outcome.telling_id = before.telling_id
        outcome.told_at = work.now if before.told_at else None
    work.session.add(outcome)
    work.session.flush()
    return outcome


def unsaved_version(before: Outcome, draft: Draft, because: str, by: Actor, now: datetime) -> Outcome:
    """The version after that one, as a row that is not stored."""
    outcome = answers.unsaved_outcome(before.topic_id, draft, by, now)
    outcome.ref, outcome.version, outcome.answered_at = before.ref, before.version + 1, before.answered_at
    outcome.corrects_id, outcome.because, outcome.moved_at = before.id, because, now
    return outcome
