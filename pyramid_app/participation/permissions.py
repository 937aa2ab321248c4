"""Who may step where, and who may invite."""

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.participation.models import Level


def may_choose_level(level: Level) -> Verdict:
    """Nobody steps up to a seat by themselves: representatives are elected or invited by a lead."""
    return YES if level.by_choice else no("People are chosen for this. You can't step up by yourself.")


def may_invite(actor: Actor) -> Verdict:
    """A lead, by name: the letter says who asks."""
    return YES if actor.is_lead else no("Only a lead can invite people.")
