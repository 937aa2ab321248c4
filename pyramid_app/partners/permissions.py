"""Who keeps the list of partners, and says who speaks for them."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_keep_partners(actor: Actor) -> Verdict:
    """A lead: whoever reads a partner's mailbox answers in its name."""
    return YES if actor.is_lead or actor.system else no("Only a lead can change this.")


def may_name_speakers(actor: Actor) -> Verdict:
    """A lead, or the command that sets the area up."""
    return YES if actor.is_lead or actor.system else no("Only a lead can say who speaks for a partner.")
