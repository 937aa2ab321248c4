"""Who reads and files what families say, and who may change it."""

from collections.abc import Collection
from datetime import datetime

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import MENDING, About


def may_file(actor: Actor) -> Verdict:
    """Only the desk sees raw words."""
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_be_published(voice: Voice) -> Verdict:
    """One's own child's case never leaves the desk; other words only with the speaker's yes (reg 56: nobody known)."""
    if voice.about is About.OWN_CHILD:
        return no("This is about one child. It is never published.")
    return YES if voice.may_quote else no("This family did not say that their words may be shown.")


def may_mend(voice: Voice, now: datetime) -> Verdict:
    """For an hour, and while nobody has answered: afterwards the answer would be to other words."""
    if voice.sorted_at or voice.topic_id or voice.handed_at:
        return no("Somebody has answered these words already. You can write again, or take them back.")
    if now >= voice.received_at + MENDING:
        return no("The hour in which you could change your words is over. You can write again, or take them back.")
    return YES


def is_mine(actor: Actor, voice: Voice, sent_here: Collection[str]) -> bool:
    """Signed in as its speaker; or it was sent from this very browser."""
    return (voice.person_id is not None and voice.person_id == actor.person_id) or voice.ref in sent_here
