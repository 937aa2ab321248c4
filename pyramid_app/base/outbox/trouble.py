"""What keeps mail from leaving: not one letter's own fault, but the server's, the way there, or how we are set up.

A row stands here from the first failure until mail leaves again, so that whoever looks after the installation can be
told, and so that the server is asked again only now and then.
"""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, col, func, select

from pyramid_app.base.db import Row, words
from pyramid_app.base.outbox.models import Letter, is_open


class Hindrance(StrEnum):
    """Why no letter leaves, whoever it is for."""

    AWAY = "away"
    """There is no connection, or it breaks again and again."""
    UNSAFE = "unsafe"
    """The connection is not encrypted, or the server's certificate does not prove whose it is."""
    REFUSED = "refused"
    """The server answers, and takes no mail from us: not from this sender, this sign-in or this machine."""


class MailTrouble(Row, table=True):
    """``times``: failures in a row. ``said``: the server's code and words, without any address."""

    __tablename__ = "mail_trouble"

    kind: Hindrance = Field(primary_key=True, sa_type=words(Hindrance))
    since_at: datetime
    last_at: datetime
    times: int = 1
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
