"""Who plans exercises and writes down what came of them, and who reads about one."""

from datetime import datetime
from typing import Protocol

from pyramid_app.base.actor import YES, Actor, Verdict, no
from pyramid_app.meetings.permissions import may_read


class ExerciseLike(Protocol):
    @property
    def ends_at(self) -> datetime: ...
    @property
    def is_open(self) -> bool: ...


def may_hold(actor: Actor) -> Verdict:
    """Officers and chairs."""
    return YES if actor.is_officer or actor.is_chair or actor.system else no("Officers and chairs can do this.")


def may_write_up(actor: Actor, exercise: ExerciseLike, now: datetime) -> Verdict:
    """Who came and what was said is known once it was held."""
    allowed = may_hold(actor)
    return no("You can write this down once it was held.") if allowed and now < exercise.ends_at else allowed


def may_see(actor: Actor, exercise: ExerciseLike, member: bool, now: datetime) -> Verdict:
    """Anybody, where any family may come or once it was held; else whoever reads about meetings."""
    return YES if exercise.is_open or now >= exercise.ends_at else may_read(actor, member)
