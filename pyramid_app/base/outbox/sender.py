"""Sending what is due: at least once, under one Message-ID, nothing lost while a mail server is away.

A letter is marked sent after the server's yes. Killed in between, it is sent again under the same Message-ID:
two copies at the worst, never none (``reliability.md`` 0.8, T25). Only the scheduler sends, so it is here that a
letter can be one too many for its month: two acts that write to one person at once need not know of each other.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlmodel import Session, col, select

from pyramid_app.base import clock
from pyramid_app.base.db import Writing
from pyramid_app.base.outbox.carriers import Carry, Parcel, RefusedForGood, TryLater
from pyramid_app.base.outbox.contents import Contents, contents_of, is_wanted
from pyramid_app.base.outbox.models import Letter, is_open
from pyramid_app.base.outbox.monthly import folded_into, turn_at
from pyramid_app.base.outbox.months import next_monthly_at
from pyramid_app.base.outbox.office import Maker, Office
from pyramid_app.base.outbox.rules import Turn
from pyramid_app.base.outbox.trouble import mail_trouble
from pyramid_app.base.outbox.words import with_stop

__all__ = ["Maker", "Office", "mail_trouble", "send_due"]

log = structlog.get_logger()


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
    for late in session.exec(select(Letter).where(is_open(), col(Letter.expires_at) <= now)):
        late.refused_at, late.refused = now, "too late to be of use"
    session.flush()
    return list(
        session.exec(
            select(Letter.id)
            .where(is_open(), col(Letter.monthly_at).is_(None), col(Letter.not_before) <= now)
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
    why = _why_not(session, office, now, letter, reach)
    if why:
        _close(session, now, letter, why)
    if why or reach is None or letter.monthly_at:
        return None
    contents = contents_of(session, office, now, letter)
    if contents is None:
        _close(session, now, letter, "no longer needed")
        return None
    letter.channel = reach[0]
    letter.message_id = letter.message_id or f"<{letter.id}@{office.domain}>"
    letter.tries += 1
    return _parcel(session, office, now, letter, reach, contents)


def _why_not(session: Session, office: Office, now: datetime, letter: Letter, reach: tuple[str, str] | None) -> str:
    """Why this letter will never leave; empty if it goes, or waits for the month, which is noted here."""
    if reach is None:
        return "no address that can be reached"
    if not is_wanted(session, office, letter):
        return "no longer wanted"
    turn = turn_at(session, now, letter, office.caps(session, now))
    if turn is Turn.WAITS:
        letter.monthly_at = next_monthly_at(now)
    return "no more letters this month" if turn is Turn.DROPPED else ""


def _parcel(
    session: Session, office: Office, now: datetime, letter: Letter, reach: tuple[str, str], contents: Contents
) -> Parcel:
    words, stop = contents.words, ""
    if letter.person_id and contents.stops:
        stop = office.stop_link(letter.person_id, contents.stops)
        words = with_stop(words, stop, letter.language)
    return Parcel(letter.message_id or "", *reach, words, office.sender(session, now), stop)


def _reach(session: Session, office: Office, letter: Letter) -> tuple[str, str] | None:
    """Kind and address, if there is a way there."""
    if letter.address:
        reach: tuple[str, str] | None = ("email" if "@" in letter.address else "mobile", letter.address)
    else:
        reach = office.find_address(session, letter.person_id) if letter.person_id else None
    return reach if reach and reach[0] in office.carrier.channels else None


def _note(session: Session, letter_id: UUID, why: str, later: bool) -> None:
    now = clock.now()
    letter = session.get_one(Letter, letter_id)
    if later:
        # 1, 2, 4 … 32 minutes: a greylisting server is asked again soon, a full mailbox not all day.
        letter.not_before = now + timedelta(minutes=2 ** min(letter.tries - 1, 5))
    else:
        _close(session, now, letter, why)


def _close(session: Session, now: datetime, letter: Letter, why: str) -> None:
    """It has left; or, with a reason, it never will. The same is true of what was folded into it."""
    for one in (letter, *folded_into(session, letter)):
        one.channel = letter.channel
        if why:
            one.refused_at, one.refused = now, why
        else:
            one.sent_at = now
