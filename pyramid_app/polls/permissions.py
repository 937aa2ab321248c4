"""Who may write, schedule and answer a poll, and when. Pure; templates and services ask the same functions."""

from datetime import datetime
from typing import Protocol

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.kit.say import Say
from pyramid_app.polls.rules import State, TimesLike, state_of


def may_write(actor: Actor) -> Verdict:
    """An officer with the staff hat on, or the system (the sample area)."""
    return YES if actor.is_officer or actor.system else no("Only the team can write questions.")


def may_fix_roll(actor: Actor) -> Verdict:
    """To decide that nobody who joins later can answer keeps families out: that is for a lead."""
    return YES if actor.is_lead or actor.system else no("Only a lead can say who may still join in.")


def may_change(actor: Actor, poll: TimesLike, now: datetime) -> Verdict:
    """Nothing about a poll can be changed once it is scheduled, through any door."""
    if state_of(poll, now) is not State.WRITTEN:
        return no("This is scheduled. Its words and answers cannot be changed any more.")
    return may_write(actor)


def may_be_answered(poll: TimesLike, now: datetime) -> Verdict:
    """Whether the box is open at this instant, whoever comes."""
    state = state_of(poll, now)
    if state is State.OPEN:
        return YES
    if state is State.WRITTEN:
        return no("This question is not open.")
    if state is State.SCHEDULED:
        return no("This question is not open yet. It opens on {at}.", at=poll.opens_at)
    if state is State.WITHDRAWN:
        return no("We took this question back. You need not do anything.")
    return no("This question closed on {at}.", at=poll.closes_at)


class AskedLike(TimesLike, Protocol):
    @property
    def for_those_before(self) -> Say | None: ...


def may_answer(actor: Actor, asked: bool, poll: AskedLike, now: datetime) -> Verdict:
    """Somebody who is known. ``asked``: she is one of those to whom the question goes."""
    if actor.is_officer:
        return no("You are here as staff. To answer as a parent, change to the parent side first.")
    if not asked and poll.for_those_before:
        return Verdict(False, poll.for_those_before)
    if not asked:
        return no("This question goes to the Parent Parliament, or to some of it. You can choose how involved to be.")
    return may_be_answered(poll, now)
