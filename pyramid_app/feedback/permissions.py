"""Who reads and files what families say."""

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About


def may_file(actor: Actor) -> Verdict:
    """Only the desk sees raw words."""
    return YES if actor.is_officer or actor.system else no("Only the team can do this.")


def may_be_published(voice: Voice) -> Verdict:
    """One's own child's case never leaves the desk; other words only with the speaker's yes (reg 56: nobody known)."""
    if voice.about is About.OWN_CHILD:
        return no("This is about one child. It is never published.")
    return YES if voice.may_quote else no("This family did not say that their words may be shown.")
