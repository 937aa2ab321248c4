"""What keeps mail from leaving: not one letter's own fault, but the server's, the way there, or how we are set up.

A row stands here from the first failure until mail leaves again, so that whoever looks after the installation can be
told, and so that the server is asked again only now and then.
"""

from datetime import datetime, timedelta

import structlog
from sqlmodel import Field, Session, col, func, select

from pyramid_app.base.db import Row, insert_new, table, words
from pyramid_app.base.outbox.answers import Hindered, Hindrance
from pyramid_app.base.outbox.models import Letter, is_open
from pyramid_app.base.outbox.office import Ring

log = structlog.get_logger()

LONGEST_REST = timedelta(minutes=2)
"""A code lives for ten minutes: a server that is back is found well before that."""

RING_AFTER = {Hindrance.AWAY: timedelta(minutes=30), Hindrance.UNSAFE: timedelta(0), Hindrance.REFUSED: timedelta(0)}
"""A server that is restarted is nobody's business; a wrong sign-in or certificate does not mend itself."""


class MailTrouble(Row, table=True):
    """``times``: how many runs it has ended. ``said``: the server's code and words, without any address.

    ``again_at``: before that the server is left alone. ``rung_at``: when the leads were written to.
    """

    __tablename__ = "mail_trouble"

    kind: Hindrance = Field(primary_key=True, sa_type=words(Hindrance))
    since_at: datetime
    last_at: datetime
    times: int = 0
    again_at: datetime
    said: str = Field(default="", max_length=200)
    rung_at: datetime | None = None


def mail_trouble(session: Session) -> list[MailTrouble]:
    """What keeps mail from leaving now, the oldest first; empty where mail leaves.

    One letter that cannot leave is not in it: it holds up only itself. ``said`` may be shown to officers and in a log.
    """
    return list(session.exec(select(MailTrouble).order_by(col(MailTrouble.since_at), col(MailTrouble.kind))))


def oldest_due_at(session: Session, now: datetime) -> datetime | None:
    """Since when the oldest letter waits that may leave now; ``None`` where none is due.

    A letter that waits for its own next try, for an undo or for the month is not due. Where mail leaves, this is some
    seconds ago at the most, or some minutes while a big mailing is under way.
    """
    due = (is_open(), col(Letter.monthly_at).is_(None), col(Letter.not_before) <= now)
    return session.exec(select(func.min(Letter.not_before)).where(*due)).one()


def note_trouble(session: Session, now: datetime, met: Hindered, ring: Ring, *, ends_run: bool) -> None:
    """Write down what was met. ``ends_run``: and leave the server alone for a while, each time for longer."""
    first = {"since_at": now, "last_at": now, "again_at": now, "times": 0, "said": ""}
    if insert_new(session, table(MailTrouble), kind=met.kind, **first):
        log.warning("mail does not leave", kind=met.kind.value, said=met.why)
    trouble = session.get_one(MailTrouble, met.kind, with_for_update=True)
    trouble.last_at, trouble.said = now, met.why[:200]
    if ends_run:
        trouble.times += 1
        trouble.again_at = now + min(timedelta(seconds=5 * 2 ** min(trouble.times - 1, 10)), LONGEST_REST)
    if trouble.rung_at is None and now - trouble.since_at >= RING_AFTER[met.kind]:
        trouble.rung_at = now
        ring(session, now, met.kind, trouble.since_at)


def end_trouble(session: Session, now: datetime) -> None:
    """Mail leaves again; but we are still refused as long as a letter waits that was refused for what we are."""
    held = select(Letter.id).where(is_open(), Letter.put_off == Hindrance.REFUSED.value).limit(1)
    for trouble in mail_trouble(session):
        if trouble.kind is Hindrance.REFUSED and session.exec(held).first():
            continue
        session.delete(trouble)
        log.info("mail leaves again", kind=trouble.kind.value, after=str(now - trouble.since_at))
