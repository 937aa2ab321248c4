"""Sending what is due: at least once, under one Message-ID, nothing lost while a mail server is away.

A letter can only hold up itself. What goes wrong with one is its own: it is put off, and the next one goes, over a new
connection if need be. What would have stopped any letter ends the run, is written down (``trouble``) and costs no
letter anything.

What became of a letter is committed together with the claim of the next one, before that one is sent. Killed between
the server's yes and that commit, it is sent again under the same Message-ID once its claim has run out: two copies at
the worst, never none (``reliability.md`` 0.8, T25). Only the scheduler sends, so it is here that a letter can be one
too many for its month: two acts that write to one person at once need not know of each other.
"""

import time
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base import clock
from pyramid_app.base.db import Writing
from pyramid_app.base.outbox.answers import Hindered, Hindrance, NotSent, TryLater
from pyramid_app.base.outbox.carriers import Carrier, Carry, Parcel
from pyramid_app.base.outbox.office import Maker, Office
from pyramid_app.base.outbox.packing import Desk, pack
from pyramid_app.base.outbox.trouble import end_trouble, mail_trouble, note_trouble
from pyramid_app.base.outbox.waiting import list_due, lock, note, note_sent, put_aside_late, stumbled

__all__ = ["Maker", "Office", "send_due"]

SECONDS = 30.0
"""A run takes no new letter after that: a scheduler that is asked to stop does so soon."""

BREAKS = 20
"""So many connections may break in a run: then it is the server that breaks them, and not some letters."""

REFUSALS = 10
"""So many letters in a row may be refused for what we are: then the others need not be tried."""

_UNSAID: set[UUID] = set()
"""Letters that the server has, while the database was away when that was to be written down."""


def send_due(writing: Writing, office: Office, *, at_most: int = 10_000, for_seconds: float = SECONDS) -> int:
    """Send the letters that are due, urgent ones first; returns how many left."""
    with writing() as session:
        now = clock.now()
        for letter_id in _UNSAID:
            note_sent(session, now, letter_id)
        put_aside_late(session, now)
        troubles, due = mail_trouble(session), list_due(session, now)
    _UNSAID.clear()
    if any(trouble.again_at > now for trouble in troubles) or not (troubles or due):
        return 0
    run = _Run(writing, office, at_most, time.monotonic() + for_seconds, troubled=bool(troubles))
    run.go()
    return run.sent


class _Line:
    """The connection of one run, which is opened anew when it has broken. ``carried``: letters since it was opened."""

    def __init__(self, carrier: Carrier) -> None:
        self.opened, self.carried = 0, 0
        self._carrier, self._stack = carrier, ExitStack()
        self._carry: Carry

    def open(self) -> None:
        """Raises ``Hindered``."""
        self.close()
        try:
            self._carry = self._stack.enter_context(self._carrier.open())
        except Hindered:
            raise
        except Exception as wrong:
            raise Hindered(Hindrance.AWAY, type(wrong).__name__) from wrong
        self.opened, self.carried = self.opened + 1, 0

    def carry(self, parcel: Parcel) -> NotSent | None:
        """``None``: it has left."""
        try:
            self._carry(parcel)
        except NotSent as met:
            return met
        except Exception as wrong:
            # Whatever a carrier stumbles over is this letter's; what state it left the line in, nobody knows.
            return TryLater(type(wrong).__name__, broken=True)
        self.carried += 1
        return None

    def close(self) -> None:
        self._stack.close()


@dataclass
class _Run:
    """``in_hand``: the letter that was carried last, and what became of it, until that is committed."""

    writing: Writing
    office: Office
    at_most: int
    until: float
    troubled: bool
    sent: int = 0
    tried: int = 0
    refusals: int = 0
    proved: bool = False
    in_hand: tuple[UUID, NotSent | None] | None = None
    due: deque[UUID] = field(default_factory=deque)
    desk: Desk | None = None

    def go(self) -> None:
        line, met = _Line(self.office.carrier), None
        try:
            line.open()
            self._send_all(line)
            if line.opened > 1 and not self.proved and not self._goes_on(line):
                met = Hindered(Hindrance.AWAY, "connections break")
        except Hindered as hindered:
            met = hindered
        except Exception:
            if self.in_hand and self.in_hand[1] is None:
                _UNSAID.add(self.in_hand[0])
            raise
        finally:
            line.close()
        if met or self.in_hand or self.troubled:
            with self.writing() as session:
                self._end(session, clock.now(), met)

    def _end(self, session: Session, now: datetime, met: Hindered | None) -> None:
        self._settle(session, now)
        if met:
            note_trouble(session, now, met, self.office.ring, ends_run=True)
        elif self.refusals < REFUSALS:
            end_trouble(session, now)

    def _send_all(self, line: _Line) -> None:
        left = True
        while left:
            with self.writing() as session:
                now = clock.now()
                self._settle(session, now)
                left = self._goes_on(line) and self._refill(session, now)
                taken = self._take(session, now) if left else None
            self.in_hand = None
            if taken:
                self._carry(line, *taken)

    def _goes_on(self, line: _Line) -> bool:
        return (
            self.tried < self.at_most
            and self.refusals < REFUSALS
            and line.opened <= BREAKS
            and time.monotonic() < self.until
        )

    def _refill(self, session: Session, now: datetime) -> bool:
        """Whether there is another letter. Looked up anew every hundred: what is urgent does not wait for a mailing."""
        if not self.due:
            self.due.extend(list_due(session, now))
            self.desk = Desk(self.office, self.office.sender(session, now), self.office.caps(session, now))
        return bool(self.due)

    def _take(self, session: Session, now: datetime) -> tuple[UUID, Parcel] | None:
        """Make the next letter's mail and claim it; ``None`` where it does not leave after all."""
        self.tried += 1
        letter = lock(session, now, self.due.popleft())
        if letter is None or self.desk is None:
            return None
        try:
            with session.begin_nested():
                parcel = pack(session, self.desk, now, letter)
        except Exception as wrong:
            stumbled(letter, now, wrong)
            return None
        return (letter.id, parcel) if parcel else None

    def _carry(self, line: _Line, letter_id: UUID, parcel: Parcel) -> None:
        """A connection that has carried others may simply be used up: then this one is tried once more on a new one."""
        met = line.carry(parcel)
        if met and met.broken:
            worn = isinstance(met, TryLater) and met.untouched and line.carried > 0
            self.in_hand = (letter_id, Hindered(Hindrance.AWAY, met.why, broken=True) if worn else met)
            line.open()
            met = line.carry(parcel) if worn else met
            if worn and met and met.broken:
                self.in_hand = (letter_id, met)
                line.open()
        self.in_hand = (letter_id, met)

    def _settle(self, session: Session, now: datetime) -> None:
        if self.in_hand is None:
            return
        letter_id, met = self.in_hand
        if met is None:
            note_sent(session, now, letter_id)
        else:
            note(session, now, letter_id, met)
        ours = isinstance(met, Hindered) and met.kind is Hindrance.REFUSED
        self.proved = self.proved or not (met and met.broken)
        self.refusals = self.refusals + 1 if ours else 0 if met is None else self.refusals
        self.sent += met is None
        if isinstance(met, Hindered) and ours:
            self.troubled = True
            note_trouble(session, now, met, self.office.ring, ends_run=self.refusals == REFUSALS)
        elif self.troubled and self.proved:
            end_trouble(session, now)
