"""Putting a letter in the outbox, and taking it back while it is still there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select, update
from uuid6 import uuid7

from pyramid_app.base.outbox.models import Letter, is_open
from pyramid_app.base.outbox.rules import Unsent, kind_of


@dataclass(frozen=True)
class Draft:
    """A letter before it is a row. Exactly one of ``person_id`` and ``address``.

    ``maker`` names what is made while sending (a code, a pass), from ``facts``, so that no stored row holds it.
    """

    kind: str
    subject: str = ""
    text: str = ""
    one_line: str = ""
    link: str = ""
    person_id: UUID | None = None
    address: str | None = None
    about: str | None = None
    language: str = "en"
    urgent: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None
    maker: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def post(session: Session, now: datetime, draft: Draft, key: str) -> bool:
    """Write the letter unless one with this key exists; says whether it was written.

    The unique key settles a race: the second writer's whole act fails and nothing of it is kept. Whether it is one
    too many for this month is asked when it leaves, by the one scheduler. Raises ``ValueError`` for an unknown kind.
    """
    kind_of(draft.kind)
    if session.exec(select(Letter.id).where(Letter.key == key)).first():
        return False
    values = {**vars(draft), "not_before": draft.not_before or now}
    session.add(Letter(id=uuid7(), key=key, posted_at=now, **values))
    # Flushed so that a second letter with this key in the same act is seen by the query above.
    session.flush()
    return True


def mark_bounced(session: Session, now: datetime, message_ids: Sequence[str]) -> int:
    """These letters left, and came back: nobody read them. Says how many of them were ours."""
    back = session.exec(
        update(Letter)
        .where(col(Letter.message_id).in_(message_ids), col(Letter.refused_at).is_(None))
        .values(refused_at=now, refused="bounced")
    )
    return back.rowcount


def take_back(session: Session, key: str) -> bool:
    """Remove a letter that has not left, also one that waits for the month; says whether there was one."""
    gone = session.exec(
        delete(Letter).where(col(Letter.key) == key, col(Letter.sent_at).is_(None), col(Letter.tries) == 0)
    )
    return bool(gone.rowcount)


def put_aside(session: Session, now: datetime, address: str) -> None:
    """What still waits to leave for this bare address never does: it turned out to be nobody's we know."""
    session.exec(
        update(Letter)
        .where(is_open(), col(Letter.address) == address)
        .values(refused_at=now, refused=Unsent.NOT_NEEDED)
    )


def make_room(session: Session, key: str) -> None:
    """What a letter with this key said holds no more: it stays under a key of its own, and a new one may follow."""
    for letter_id in session.exec(select(Letter.id).where(Letter.key == key)).all():
        session.exec(update(Letter).where(col(Letter.id) == letter_id).values(key=f"{key}:{letter_id}"))
