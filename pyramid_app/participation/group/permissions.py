"""Who says who belongs to the Group."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_name_members(actor: Actor) -> Verdict:
    """A lead, or a command. Elected parents are named by nobody: their seat says it."""
    return YES if actor.is_lead or actor.system else no("Only a lead can say who belongs to the Group.")
