"""Sending what is due: at least once, under one Message-ID, nothing lost while a mail server is away.

A letter is marked sent after the server's yes. Killed in between, it is sent again under the same Message-ID:
two copies at the worst, never none (``reliability.md`` 0.8, T25).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlmodel import Session, col, select

from pyramid_app.base import clock
from pyramid_app.base.db import Writing
from pyramid_app.base.outbox.carriers import Carrier, Carry, Parcel, RefusedForGood, Sender, TryLater
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.words import Words

log = structlog.get_logger()

Maker = Callable[[Session, datetime, Letter], Words | None]
"""Makes the secret part of a letter while it is sent; ``None`` means there is nothing to send any more."""


@dataclass(frozen=True)
class Office:
    """What sending needs from above: who carries, where a person can be reached, what is made on the way."""

    carrier: Carrier
    find_address: Callable[[Session, UUID], tuple[str, str] | None]
    makers: Mapping[str, Maker]
    sender: Callable[[Session, datetime], Sender]
    domain: str


def send_due(writing: Writing, office: Office, *, at_most: int = 200) -> int:
    """Send the letters that are due, urgent ones first; returns how many left."""
    sent = 0
    with writing() as session:
        waiting = _due(session, clock.now(), at_most)
    if not waiting:
        return 0
    try:
        with office.carrier.open() as carry:
            for letter_id in waiting:
                sent += _send(writing, office, carry, letter_id)
    except TryLater as away:
        log.warning("letters wait", why=str(away), waiting=len(waiting) - sent)
    return sent


def _due(session: Session, now: datetime, at_most: int) -> list[UUID]:
    """Which letters may leave now; those past their time are put aside here, unsent."""
    open_letters = col(Letter.sent_at).is_(None) & col(Letter.refused_at).is_(None)
    for late in session.exec(select(Letter).where(open_letters, col(Letter.expires_at) <= now)):
        late.refused_at, late.refused = now, "too late to be of use"
    session.flush()
    return list(
        session.exec(
            select(Letter.id)
            .where(open_letters, col(Letter.not_before) <= now)
            .order_by(col(Letter.urgent).desc(), col(Letter.posted_at), col(Letter.id))
            .limit(at_most)
        )
    )


def _send(writing: Writing, office: Office, carry: Carry, letter_id: UUID) -> bool:
    with writing() as session:
        parcel = _pack(session, office, letter_id)
    if parcel is None:
        return False
    why, later = "", False
    try:
        carry(parcel)
    except RefusedForGood as refused:
        why = str(refused)
    except TryLater:
        later = True
    with writing() as session:
        _note(session, letter_id, why, later)
    return not (why or later)


def _pack(session: Session, office: Office, letter_id: UUID) -> Parcel | None:
    """Look up address and make secrets at the last moment, so that a changed mind or address counts."""
    now = clock.now()
    letter = session.get_one(Letter, letter_id)
    reach = _reach(session, office, letter)
    if reach is None or reach[0] not in office.carrier.channels:
        letter.refused_at, letter.refused = now, "no address that can be reached"
        return None
    words: Words | None = Words(letter.subject, letter.one_line, letter.text)
    if letter.maker:
        words = office.makers[letter.maker](session, now, letter)
    if words is None:
        letter.refused_at, letter.refused = now, "no longer needed"
        return None
    letter.channel = reach[0]
    letter.message_id = letter.message_id or f"<{letter.id}@{office.domain}>"
    letter.tries += 1
    return Parcel(letter.message_id, reach[0], reach[1], words, office.sender(session, now))


def _reach(session: Session, office: Office, letter: Letter) -> tuple[str, str] | None:
    if letter.address:
        return ("email" if "@" in letter.address else "mobile", letter.address)
    return office.find_address(session, letter.person_id) if letter.person_id else None


def _note(session: Session, letter_id: UUID, why: str, later: bool) -> None:
    now = clock.now()
    letter = session.get_one(Letter, letter_id)
    if later:
        # 1, 2, 4 … 32 minutes: a greylisting server is asked again soon, a full mailbox not all day.
        letter.not_before = now + timedelta(minutes=2 ** min(letter.tries - 1, 5))
    elif why:
        letter.refused_at, letter.refused = now, why
    else:
        letter.sent_at = now
