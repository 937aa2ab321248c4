"""Who may hold words back, agree to it, object to it, and decide about an objection."""

from datetime import datetime

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.rules import object_by
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.permissions import may_file
from pyramid_app.feedback.rules import About, Sorting
from pyramid_app.kit.texts import london_date


def may_be_held(voice: Voice, known: HeldBack | None) -> Verdict:
    """What waits or is filed; not what is never published anyway, nor what a colleague has released for good."""
    if voice.about is About.OWN_CHILD:
        return no("This is about one child, so it is never published. Hand it over, or answer the family.")
    if voice.sorted_as not in (None, Sorting.FILED):
        return no("This has left the desk already.")
    if known and known.answered_at:
        return no("Its author objected, and a colleague decided that it goes ahead.")
    if known:
        return no("A colleague has proposed this already. A second officer decides.")
    return YES


def may_confirm(actor: Actor, held: HeldBack) -> Verdict:
    """Never the one who proposed it."""
    if not may_file(actor):
        return may_file(actor)
    if held.confirmed_at:
        return no("A colleague has decided about this already.")
    if actor.person_id is None or actor.person_id == held.by_id:
        return no("You proposed this. Somebody else must decide.")
    return YES


def may_object(held: HeldBack, now: datetime) -> Verdict:
    """Once, from when the author is told and for 28 days."""
    if held.told_at is None or now < held.told_at:
        return no("Nothing was decided about these words.")
    if held.objected_at:
        return no("You have told us already that you do not agree.")
    if london_date(now) > object_by(london_date(held.told_at)):
        return no("The 28 days in which you could object are over. You can write to us again.")
    return YES


def may_decide(actor: Actor, held: HeldBack) -> Verdict:
    """About an objection: none of those who held it back."""
    if not may_file(actor):
        return may_file(actor)
    if held.objected_at is None:
        return no("Nobody has objected.")
    if held.answered_at:
        return no("A colleague has decided about this already.")
    if actor.person_id is None or actor.person_id in (held.by_id, held.second_by_id):
        return no("You held this back. Somebody else must decide.")
    return YES
