"""Who may change what the area decides."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_change_settings(actor: Actor) -> Verdict:
    """A lead, or the command that sets the area up."""
    return YES if actor.is_lead or actor.system else no("Only a lead can change this.")


def may_keep_calendar(actor: Actor) -> Verdict:
    """Officers and leads, or the command that sets the area up."""
    return YES if actor.is_officer or actor.system else no("Only the team can change the calendar.")
