"""Who keeps the list of partners."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_keep_partners(actor: Actor) -> Verdict:
    """A lead: whoever reads a partner's mailbox answers in its name."""
    return YES if actor.is_lead or actor.system else no("Only a lead can change this.")
