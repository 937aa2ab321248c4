"""One letter a month out of all that was too many: each word of it is sent once, and none is lost.

A letter that is one too many gets the moment of the next monthly letter (``monthly_at``). From then on the job here
puts all that waits for one person into one letter, in one act; the sender makes its words, and marks what was folded
into it as sent with it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pyramid_app.base import clock
from pyramid_app.base.db import Writing, one_at_a_time
from pyramid_app.base.outbox.models import Letter, is_open
from pyramid_app.base.outbox.months import month_began_at
from pyramid_app.base.outbox.post import Draft, post
from pyramid_app.base.outbox.rules import COUNTED, MONTHLY, Caps, Turn, kind_of, turn_of


def turn_at(session: Session, now: datetime, letter: Letter, caps: Caps) -> Turn:
    """Whether this letter goes now. Once it has begun to go it goes on, however often the mail server says later."""
    if letter.person_id is None or letter.tries or not kind_of(letter.kind).counted:
        return Turn.GOES
    queue_up(session, letter.person_id)
    under_way = is_open() & (col(Letter.tries) > 0)
    this_month = session.exec(
        select(Letter.kind).where(
            Letter.person_id == letter.person_id,
            col(Letter.kind).in_(COUNTED),
            col(Letter.monthly_at).is_(None),
            under_way | (col(Letter.sent_at) >= month_began_at(now)),
        )
    )
    return turn_of(letter.kind, this_month, caps)


def queue_up(session: Session, person_id: UUID) -> None:
    """Acts on one person's letters of the month go one after the other, also where two senders run by mistake."""
    one_at_a_time(session, f"letters:{person_id}")


def fold_waiting(writing: Writing) -> int:
    """The job: for everybody whose day has come, one letter; returns how many were written."""
    with writing() as session:
        people = session.exec(select(Letter.person_id).where(*_waiting(clock.now())).distinct()).all()
    written = 0
    for person_id in people:
        with writing() as session:
            written += bool(person_id and _fold(session, clock.now(), person_id))
    return written


def _fold(session: Session, now: datetime, person_id: UUID) -> bool:
    queue_up(session, person_id)
    waiting = session.exec(
        select(Letter).where(Letter.person_id == person_id, *_waiting(now)).order_by(*_in_order())
    ).all()
    if not waiting:
        return False
    # A letter is folded once, so the first of them names the letter they go into.
    key = f"monthly:{waiting[0].id}"
    post(session, now, Draft(MONTHLY, person_id=person_id, language=waiting[0].language), key)
    into = session.exec(select(Letter.id).where(Letter.key == key)).one()
    for letter in waiting:
        letter.folded_into_id = into
    return True


def folded_into(session: Session, letter: Letter) -> list[Letter]:
    """What this letter carries and has not delivered yet."""
    if letter.kind != MONTHLY:
        return []
    return list(
        session.exec(select(Letter).where(Letter.folded_into_id == letter.id, is_open()).order_by(*_in_order()))
    )


def _waiting(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (is_open(), col(Letter.folded_into_id).is_(None), col(Letter.monthly_at) <= now)


def _in_order() -> tuple[Any, ...]:
    return (col(Letter.posted_at), col(Letter.id))
