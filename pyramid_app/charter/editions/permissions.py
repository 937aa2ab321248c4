"""Who signs, translates, and brings in an area's first charter."""

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.charter.models import Edition


def may_sign(actor: Actor) -> Verdict:
    """The team writes down who signed; the signature itself is a partner's."""
    return YES if actor.is_officer or actor.system else no("Only the team can write down who signed.")


def may_translate(actor: Actor) -> Verdict:
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_import(actor: Actor, present: Edition | None) -> Verdict:
    """A lead, and only until the area has a charter of its own: no wording slips past the parents."""
    if not (actor.is_lead or actor.system):
        return no("Only a lead can bring in a charter.")
    if present and not present.sample:
        return no(
            "This area has a charter of its own. From now on it changes by drafts, so that parents see and vote on"
            " every word."
        )
    return YES
