"""Who runs topics."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_run_topics(actor: Actor) -> Verdict:
    """Officers, with the staff hat on; and the scheduler, for what time does."""
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")
