"""References that were tried and are not there: whoever tries many is asked to come back later.

Counted in this process only, because a look writes nothing: several processes allow as many times more.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.kit.say import Say

AT_MOST = 30
"""Wrong references an hour: nobody mistypes hers so often, a school's families together hardly."""
AN_HOUR = timedelta(hours=1)


class Guesses:
    """By whom so many were wrong since the hour began in which the first of them came."""

    def __init__(self) -> None:
        self._wrong = Counter[str]()
        self._since: datetime | None = None

    def too_many(self, whose: str, now: datetime) -> bool:
        if self._since is None or now - self._since >= AN_HOUR:
            self._wrong.clear()
            self._since = now
        return self._wrong[whose] >= AT_MOST

    def count(self, whose: str) -> None:
        self._wrong[whose] += 1


def refuse_guessing() -> None:
    """Before a reference is looked up. Raises ``NotAllowed``, whether it is there or not."""
    if _guesses().too_many(_whose(), house.now()):
        raise errors.NotAllowed(Say(
            "Too many references were tried from where you are, and are not there. Please come back in an hour."
        ))  # fmt: skip


def was_wrong() -> errors.NotFound:
    """One more that is not there."""
    _guesses().count(_whose())
    return errors.NotFound()


def _whose() -> str:
    person = house.actor().person_id
    return str(person) if person else house.network()


def _guesses() -> Guesses:
    return cast(Guesses, current_app.extensions["guesses"])


def init(app: Flask) -> None:
    app.extensions["guesses"] = Guesses()
