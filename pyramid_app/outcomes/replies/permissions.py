"""Who asks partners, and when a question or an answer is still open to a partner."""

from datetime import datetime

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies.models import PartnerAsk


def may_ask(actor: Actor) -> Verdict:
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_settle(actor: Actor, ask: PartnerAsk) -> Verdict:
    """Until it is answered, or no longer needed."""
    if ask.replied_at is not None:
        return no("They have answered already.")
    if ask.stopped_at is not None:
        return no("You said already that no answer is needed.")
    return may_ask(actor)


def may_add_words(outcome: Outcome, now: datetime) -> Verdict:
    """Partners that an answer names, until it is public. They can add to it; they can't stop it."""
    if outcome.taken_back_at is not None:
        return no("We took this answer back before it was public. You will see the new one first, too.")
    if outcome.published_at <= now:
        return no("This answer is public now, so nothing can be added to it. Thank you.")
    return YES
