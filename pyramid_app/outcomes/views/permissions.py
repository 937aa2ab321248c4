"""Who says what the representatives think."""

from pyramid_app.base.actor import YES, Actor, Verdict, no


def may_say(actor: Actor, *, is_representative: bool) -> Verdict:
    """She was asked, which the caller has looked up, and she is a representative still."""
    if actor.person_id is None or not is_representative:
        return no("Only representatives can say this.")
    return YES
