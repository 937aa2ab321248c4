"""Who promises steps, and which of them can still change."""

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.outcomes.steps.rules import StepLike


def may_run_steps(actor: Actor) -> Verdict:
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_change(actor: Actor, step: StepLike) -> Verdict:
    """Until it is done or stopped: what families have read as settled stays as it is."""
    if step.done_at is not None or step.stopped_at is not None:
        return no("This step is settled already.")
    return may_run_steps(actor)
