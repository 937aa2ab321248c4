"""Who may send a family's words about their own child to a place that can help."""

from datetime import datetime

from pyramid_app.base.actor import YES, Verdict, no
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import About, Sorting


def may_pass_on(voice: Voice, now: datetime) -> Verdict:
    """Its speaker, in the very act in which she tells us: later nobody could know that it is she."""
    return YES if voice.received_at == now and voice.handed_at is None else no("Ask us to pass your words on.")


def may_be_handed_over(voice: Voice, received_at: datetime | None) -> Verdict:
    """While the words are here and the place that has them, if any, has not said that they arrived.

    What others read already in a topic is not a case: it leaves the topic first.
    """
    if received_at is not None:
        return no("The place that has these words has said already that they arrived.")
    if voice.sorted_as in (Sorting.TAKEN_BACK, Sorting.NOT_A_MESSAGE, Sorting.HELD_BACK):
        return no("These words can't be passed on any more.")
    if voice.about is About.SYSTEM and voice.topic_id:
        return no("This is filed under a topic that everybody sees. Take it back from there first.")
    return YES
