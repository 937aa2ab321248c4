"""Writing the log and chaining it: ``hash = SHA-256(previous || canonical row)`` (``reliability.md`` 2.8)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select
from uuid6 import uuid7

from pyramid_app.base.actor import Actor
from pyramid_app.base.audit.models import AuditEntry

GENESIS = "0" * 64
AT_ONCE = 200
"""Rows chained in one act."""


def record(session: Session, now: datetime, actor: Actor, did: str, subject: str, facts: Mapping[str, object]) -> None:
    """Add one row to the log, in the transaction of the act itself."""
    part = actor.system or (str(actor.hat) if actor.signed_in else "visitor")
    session.add(
        AuditEntry(
            id=uuid7(),
            at=now,
            did=did,
            subject=subject,
            actor_id=actor.person_id,
            actor_part=part,
            facts={name: fact if isinstance(fact, int | None) else str(fact) for name, fact in facts.items()},
        )
    )


def chain(session: Session, *, at_most: int = AT_ONCE) -> int:
    """Give unchained rows their place, oldest first; returns how many. One scheduler runs this at a time."""
    last = session.exec(
        select(AuditEntry).where(col(AuditEntry.link).is_not(None)).order_by(col(AuditEntry.link).desc()).limit(1)
    ).first()
    link, previous = (last.link or 0, last.hash or GENESIS) if last else (0, GENESIS)
    waiting = session.exec(
        select(AuditEntry)
        .where(col(AuditEntry.link).is_(None))
        .order_by(col(AuditEntry.at), col(AuditEntry.id))
        .limit(at_most)
    ).all()
    for entry in waiting:
        link += 1
        entry.link, entry.previous, entry.hash = link, previous, digest(entry, previous)
        previous = entry.hash
    return len(waiting)


def digest(entry: AuditEntry, previous: str) -> str:
    """The row's link: changing any of its facts, or the row before it, changes this."""
    row = [
        str(entry.id), entry.at.isoformat(), entry.did, entry.subject, str(entry.actor_id), entry.actor_part,
        entry.facts,
    ]  # fmt: skip
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"\0" + previous.encode() + canonical.encode()).hexdigest()
