"""Who may move or take back a question, and who may mark its wording. Pure."""

from datetime import datetime

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.polls.permissions import may_write
from pyramid_app.polls.rules import State, TimesLike, state_of


def may_extend(actor: Actor, poll: TimesLike, now: datetime) -> Verdict:
    """Until its close; afterwards only the scheduler, when nobody could answer in the last hours."""
    state = state_of(poll, now)
    if state in {State.SCHEDULED, State.OPEN} or (actor.system and state is State.CLOSED):
        return may_write(actor)
    return no("It can only be kept open for longer before it closes.")


def may_withdraw(actor: Actor, poll: TimesLike, now: datetime) -> Verdict:
    if state_of(poll, now) in {State.SCHEDULED, State.OPEN, State.CLOSED}:
        return may_write(actor)
    return no("It can only be taken back before it is counted.")


def may_sharpen(actor: Actor, poll: TimesLike, now: datetime) -> Verdict:
    if state_of(poll, now) in {State.SCHEDULED, State.OPEN}:
        return may_write(actor)
    return no("What happens next can only be made clearer until it closes.")


def may_mark(actor: Actor, poll: TimesLike, now: datetime) -> Verdict:
    """Whoever was asked; whether she was, the caller has looked."""
    if actor.person_id is None or state_of(poll, now) is not State.WRITTEN:
        return no("The wording can't be marked any more.")
    return YES
