"""Who asks for an item."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_ask(actor: Actor, member: bool) -> Verdict:
    """Every member of the Group, and those who answer for the team."""
    return YES if member or actor.is_officer else no("Only members of the Group can ask for an item.")
