"""Who writes notices."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_write_notices(actor: Actor) -> Verdict:
    """One officer is enough, with the staff hat on: families read who signs."""
    return YES if actor.is_officer else no("Only the team can write notices.")
