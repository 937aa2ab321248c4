"""Who rings back, who starts a topic again, and who says that the representatives have talked about it."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_ring(actor: Actor) -> Verdict:
    """Only the team sees a family's number."""
    return YES if actor.is_officer else no("Only the team can do this.")


def may_reopen(actor: Actor) -> Verdict:
    """An officer, with the staff hat on; or time itself, when enough families say no."""
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_mark_seen(represents: bool) -> Verdict:
    """One of the representatives speaks for all of them here."""
    return YES if represents else no("Only a representative can say this.")
