"""Who may write down what others said, who may bring lists, and whose words these are."""

from datetime import datetime

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.permissions import may_mend
from pyramid_app.feedback.rules import Sorting


def may_enter(actor: Actor) -> Verdict:
    """Officers and link workers write down what families say to them."""
    return YES if actor.enters_for_others or actor.system else no("Only the team can do this.")


def may_bring_lists(actor: Actor) -> Verdict:
    """Whole e-mails and lists are for the desk: they hold more than one family's own words."""
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_mend_now(voice: Voice, now: datetime) -> Verdict:
    """Words that were written down by somebody else, or came out of a poll, are not changed on the web."""
    if voice.consent or voice.asked:
        return no("These words did not come from this page. Write to us if they are not right.")
    return may_mend(voice, now)


def may_take_back(voice: Voice) -> Verdict:
    if voice.sorted_as in {Sorting.TAKEN_BACK, Sorting.NOT_A_MESSAGE}:
        return no("These words are gone already.")
    return YES
