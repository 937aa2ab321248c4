"""Who answers topics."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_publish(actor: Actor) -> Verdict:
    """One officer is enough (``DESIGN.md`` 8), with the staff hat on."""
    return YES if actor.is_officer or actor.system else no("Only the team can answer.")
