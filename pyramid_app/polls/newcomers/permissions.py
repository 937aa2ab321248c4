"""Who may decide about newcomers. Pure."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_decide_about_newcomers(actor: Actor) -> Verdict:
    """An officer, who sees no name and no answer."""
    return YES if actor.is_officer else no("Only the team can decide about this.")
