"""The verbs of a step: promise it, move its day with a reason, say that it is done and show it, stop it."""

from datetime import date
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.base.errors import Invalid, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.steps.models import Step, StepDate
from pyramid_app.outcomes.steps.permissions import may_change, may_run_steps
from pyramid_app.outcomes.steps.rules import (
    NEEDED,
    Did,
    Draft,
    what_is_missing,
    what_is_wrong_with_done,
    what_is_wrong_with_move,
)
from pyramid_app.partners import queries as partners
from pyramid_app.topics import queries as topics


def add(work: Work, topic_id: UUID, draft: Draft) -> Step:
    """Promise a step in public. Raises ``Invalid`` by field."""
    may_run_steps(work.actor).enforce()
    topic = topics.get_topic_by_id(work.session, topic_id)
    missing = what_is_missing(draft, london_date(work.now))
    if partners.find_partner(work.session, draft.partner) is None:
        missing["partner"] = NEEDED["partner"]
    if missing or draft.due_on is None:
        raise Invalid(missing)
    step = Step(
        id=uuid7(), topic_id=topic.id, what=draft.what, partner=draft.partner, owner_role=draft.owner_role,
        due_on=draft.due_on, shown_by=draft.shown_by, added_at=work.now, added_by_id=work.actor.person_id,
    )  # fmt: skip
    work.session.add(step)
    work.session.flush()
    _promise(work, step, "")
    work.record(Did.ADDED, f"step:{step.id}", topic=topic.id, due_on=step.due_on)
    return step


def move(work: Work, step_id: UUID, on: date | None, because: str) -> Step:
    """Another day, and why. The days before it stay in sight. Raises ``Invalid`` by field."""
    step = _get(work, step_id)
    wrong = what_is_wrong_with_move(step.due_on, on, because, london_date(work.now))
    if wrong or on is None:
        raise Invalid(wrong)
    work.record(Did.MOVED, f"step:{step.id}", before=step.due_on, due_on=on)
    step.due_on = on
    _promise(work, step, because)
    return step


def finish(work: Work, step_id: UUID, done_on: date | None, evidence: str) -> Step:
    """It is done, and this shows it. Raises ``Invalid`` by field."""
    step = _get(work, step_id)
    wrong = what_is_wrong_with_done(done_on, evidence, london_date(work.now))
    if wrong:
        raise Invalid(wrong)
    step.done_at, step.done_on, step.evidence = work.now, done_on, evidence
    work.record(Did.DONE, f"step:{step.id}", done_on=done_on)
    return step


def stop(work: Work, step_id: UUID, because: str) -> Step:
    """It will not happen, for a reason that families read; it stays in sight."""
    step = _get(work, step_id)
    if not because:
        raise Invalid({"because": Say("Say why it will not happen. Families read it.")})
    step.stopped_at, step.because = work.now, because
    work.record(Did.STOPPED, f"step:{step.id}")
    return step


def _promise(work: Work, step: Step, because: str) -> None:
    by = work.actor.person_id
    row = StepDate(id=uuid7(), step_id=step.id, due_on=step.due_on, at=work.now, because=because, by_id=by)
    work.session.add(row)


def _get(work: Work, step_id: UUID) -> Step:
    """The step, held until the act ends: two officers settle it one after the other."""
    step = work.session.get(Step, step_id, with_for_update=True)
    if step is None:
        raise NotFound
    may_change(work.actor, step).enforce()
    return step
