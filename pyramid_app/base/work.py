"""One act, one transaction: the session, who acts, and the one time at which it happens."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from pyramid_app.base import clock
from pyramid_app.base.actor import Actor, system
from pyramid_app.base.audit.record import record
from pyramid_app.base.db import Database
from pyramid_app.base.outbox.post import Draft, post

BATCH = 50
"""People in one act of a job: a long act would keep others from writing."""

Item = TypeVar("Item")


@dataclass
class Work:
    """What a service verb is given. Services never commit; the edge that opened the work does."""

    session: Session
    actor: Actor
    now: datetime

    def record(self, did: str, subject: str, **facts: object) -> None:
        """One audit row in this transaction: ``did`` in the past tense, ``subject`` as ``kind:id``, facts as ids."""
        record(self.session, self.now, self.actor, did, subject, facts)

    def post(self, letter: Draft, *, key: str) -> bool:
        """A letter that leaves after the commit; the same ``key`` is written once, whoever asks twice."""
        return post(self.session, self.now, letter, key)


@contextmanager
def working(database: Database, actor: Actor, now: datetime | None = None) -> Iterator[Work]:
    """Open one act. ``now`` is given only by those who retell the past (the sample area)."""
    with database.writing() as session:
        yield Work(session, actor, now or clock.now())


@dataclass(frozen=True)
class Begin:
    """What a job is given: ``with begin()`` opens one act per item, ``begin.looking()`` a session to find them."""

    database: Database
    name: str

    def __call__(self) -> AbstractContextManager[Work]:
        return working(self.database, system(self.name))

    def looking(self) -> Session:
        return self.database.looking()


def batches(items: Sequence[Item], size: int | None = None) -> Iterator[Sequence[Item]]:
    """As many items at a time as one act takes: ``BATCH``, or ``size`` where each is little work."""
    size = size or BATCH
    for start in range(0, len(items), size):
        yield items[start : start + size]
