"""Which letters may leave, who has one in hand, and what became of it.

A letter is claimed in the database before it is sent, so that no two senders ever have one at the same time; the claim
of a sender that was killed runs out. One that did not leave steps behind those that nobody has tried.
"""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from pyramid_app.base.db import table
from pyramid_app.base.outbox.answers import Hindered, Hindrance, NotSent, RefusedForGood
from pyramid_app.base.outbox.models import Letter, is_open
from pyramid_app.base.outbox.monthly import folded_into
from pyramid_app.base.outbox.rules import Unsent

log = structlog.get_logger()

NEW_AT_ONCE, TRIED_AT_ONCE = 100, 10
"""Of each hundred some were tried before: they hold up nobody, and nobody holds them up for ever."""

CLAIM = timedelta(minutes=5)
"""Longer than the slowest server may take over one letter: answers of up to twenty seconds, and a new connection."""

HELD = timedelta(minutes=1)
"""After which a letter is tried again that was refused for what *we* are."""

LONGEST = timedelta(minutes=32)
"""Between two tries of one letter."""


def put_aside_late(session: Session, now: datetime) -> None:
    """Those past their time do not leave any more."""
    for late in session.exec(select(Letter).where(is_open(), _is_free(now), col(Letter.expires_at) <= now)):
        late.refused_at, late.refused = now, Unsent.LATE
    session.flush()


def list_due(session: Session, now: datetime) -> list[UUID]:
    """The next letters to leave: those nobody has tried, urgent ones first, and behind them some that were put off."""
    due = select(Letter.id).where(*_may_leave(now))
    urgent, put_off = col(Letter.urgent).desc(), col(Letter.put_off)
    new = due.where(put_off.is_(None)).order_by(urgent, col(Letter.posted_at), col(Letter.id)).limit(NEW_AT_ONCE)
    tried = due.where(put_off.is_not(None)).order_by(urgent, col(Letter.not_before), col(Letter.id))
    return [*session.exec(new), *session.exec(tried.limit(TRIED_AT_ONCE))]


def lock(session: Session, now: datetime, letter_id: UUID) -> Letter | None:
    """This letter, for this sender alone until its act ends: if it is to be sent, ``claim`` it in the same act.

    ``None`` if it has left, is gone, or another sender was faster.
    """
    free = select(Letter).where(Letter.id == letter_id, *_may_leave(now)).with_for_update(skip_locked=True)
    return session.exec(free).first()


def claim(letter: Letter, now: datetime) -> None:
    """From the end of this act on nobody else has it, until it is noted what became of it."""
    letter.claimed_until = now + CLAIM
    letter.tries += 1


def note_sent(session: Session, now: datetime, letter_id: UUID) -> None:
    """The server has it: in one statement, as most letters come to this."""
    session.execute(_SENT, {"letter": letter_id, "now": now})


def note(session: Session, now: datetime, letter_id: UUID, met: NotSent) -> None:
    """Why a claimed letter did not leave."""
    letter = session.get(Letter, letter_id)
    if letter is None:
        return  # Its words were forgotten while they were on the way.
    letter.claimed_until = None
    if isinstance(met, RefusedForGood):
        log.warning("letter refused", letter=str(letter.id), kind=letter.kind, why=met.why)
        close(session, now, letter, met.why)
    elif isinstance(met, Hindered):
        _give_back(letter, now, met)
    else:
        # 1, 2, 4 … 32 minutes: a greylisting server is asked again soon, a full mailbox not all day.
        put_off(letter, now, met.why, timedelta(minutes=2 ** min(letter.tries - 1, 5)))


def _give_back(letter: Letter, now: datetime, met: Hindered) -> None:
    """It was not the letter's fault, and nobody has it: that was no try."""
    letter.tries -= 1
    if met.kind is Hindrance.REFUSED:
        put_off(letter, now, Hindrance.REFUSED.value, HELD)


def stumbled(letter: Letter, now: datetime, wrong: Exception) -> None:
    """No mail could be made of it. It waits as long again as it has waited, and its place in the month is not taken."""
    frame = wrong.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename.rpartition('/')[2]}:{frame.tb_lineno}" if frame else ""
    pause = min(max(now - letter.posted_at, timedelta(minutes=1)), LONGEST)
    put_off(letter, now, f"{type(wrong).__name__} at {where}"[:80], pause)


def put_off(letter: Letter, now: datetime, why: str, pause: timedelta) -> None:
    """It waits; a reason is logged once. ``why`` holds no word of it and no address."""
    if letter.put_off != why:
        log.warning("letter put off", letter=str(letter.id), kind=letter.kind, maker=letter.maker, why=why)
    letter.put_off, letter.not_before = why, now + pause


def close(session: Session, now: datetime, letter: Letter, why: str) -> None:
    """It will never leave. The same is true of what was folded into it."""
    for one in (letter, *folded_into(session, letter)):
        one.channel = letter.channel
        one.refused_at, one.refused = now, why[:300]


def _may_leave(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (is_open(), _is_free(now), col(Letter.monthly_at).is_(None), col(Letter.not_before) <= now)


def _is_free(now: datetime) -> sa.ColumnElement[bool]:
    return col(Letter.claimed_until).is_(None) | (col(Letter.claimed_until) <= now)


_letter = table(Letter)
_SENT = (
    sa.update(_letter)
    .where((_letter.c.id == sa.bindparam("letter")) | (_letter.c.folded_into_id == sa.bindparam("letter")))
    .where(_letter.c.sent_at.is_(None) & _letter.c.refused_at.is_(None))
    .values(sent_at=sa.bindparam("now"), claimed_until=None)
)
