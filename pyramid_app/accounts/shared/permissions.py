"""Who may say that two people share a mailbox. Pure."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_confirm_sharing(actor: Actor) -> Verdict:
    """An officer, who has spoken with them."""
    return YES if actor.is_officer else no("Only the team can do this.")
