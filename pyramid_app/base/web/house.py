"""What every view may lean on: the installation's database and settings, who is here, and one act at a time."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import current_app, g, request
from sqlmodel import Session

from pyramid_app.base import clock
from pyramid_app.base.actor import Actor
from pyramid_app.base.budgets.rules import network_of
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.keyed import keyed
from pyramid_app.base.work import Work, working
from pyramid_app.kit.texts import london_date


@dataclass
class Known:
    """What this process saw last, for pages that must not need the database."""

    area: Any = None


@dataclass(frozen=True)
class House:
    """Handed in by ``app.py``: ``who`` finds the actor of this request, ``area`` the host's own words and rules,
    ``names`` the first names of people, ``channels`` the kinds of contact point that can be reached."""

    settings: Settings
    database: Database
    who: Callable[[datetime], Actor]
    area: Callable[[Session, datetime], Any]
    names: Callable[[Session, Collection[UUID]], dict[UUID, str]]
    channels: frozenset[str]
    known: Known = field(init=False, default_factory=Known)


def house() -> House:
    return cast(House, current_app.extensions["pyramid"])


def now() -> datetime:
    """The one time of this request."""
    if "now" not in g:
        g.now = clock.now()
    return cast(datetime, g.now)


def reading() -> Session:
    """This request's session for looking; it is closed when the request ends."""
    if "reading" not in g:
        g.reading = house().database.reading()
    return cast(Session, g.reading)


def actor() -> Actor:
    """Who is here, found once per request."""
    if "actor" not in g:
        g.actor = house().who(now())
    return cast(Actor, g.actor)


def area() -> Any:
    """The area's settings as they stand now."""
    if "area" not in g:
        g.area = house().known.area = house().area(reading(), now())
    return g.area


def network() -> str:
    """The network this request comes from, as a mark that changes every day and can't be read back."""
    secret = house().settings.secret.get_secret_value()
    return keyed(secret, "network", str(london_date(now())), network_of(request.remote_addr))


@contextmanager
def acting(who: Actor | None = None) -> Iterator[Work]:
    """The one act of this request: committed at the block's end, gone without trace on any exception."""
    acts_as = who or actor()
    # What was read before the act is stale afterwards; and SQLite must not hold a read snapshot while it writes.
    forget_reading()
    with working(house().database, acts_as, now()) as work:
        yield work


def forget_reading() -> None:
    """Close the session for looking; the next look opens a new one."""
    session = g.pop("reading", None)
    if session is not None:
        session.close()
    g.pop("area", None)


def init(app: Any) -> None:
    app.teardown_appcontext(lambda _error: forget_reading())
