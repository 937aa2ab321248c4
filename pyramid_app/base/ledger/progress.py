"""How far long work has come, for whoever waits for it. A row of its own, so that saying so keeps nobody waiting."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, select

from pyramid_app.base import clock
from pyramid_app.base.db import Database
from pyramid_app.base.ledger.models import Progress

SAID_EVERY = timedelta(seconds=2)

Item = TypeVar("Item")


def told(database: Database, work: str, items: Iterable[Item], total: int) -> Iterator[Item]:
    """The items, one by one; every two seconds the ledger learns how many have been through."""
    last = clock.now()
    for done, item in enumerate(items):
        if clock.now() - last >= SAID_EVERY:
            last = clock.now()
            with database.writing() as session:
                say(session, work, done, total, last)
        yield item


def say(session: Session, work: str, done: int, total: int, at: datetime) -> None:
    """So much is done. Said in the very act that did it, it is where a killed process goes on."""
    row = session.get(Progress, work) or Progress(work=work, total=total, at=at)
    row.done, row.total, row.at = done, total, at
    session.add(row)


def over(session: Session, work: str) -> None:
    """The work is done, or will begin again from its start: nothing is left to say about it."""
    row = session.get(Progress, work)
    if row is not None:
        session.delete(row)


def done_of(session: Session, work: str) -> int | None:
    """How much was done when that was said last; ``None`` where nothing is under way."""
    row = session.get(Progress, work)
    return row.done if row else None


def percent_done(session: Session, work: str) -> int | None:
    """A whole percentage; ``None`` where the work has just begun, or is not under way."""
    return under_way(session).get(work)


def under_way(session: Session) -> dict[str, int]:
    """The whole percentage of every work that has said how far it is."""
    return {row.work: 100 * row.done // max(row.total, 1) for row in session.exec(select(Progress))}
