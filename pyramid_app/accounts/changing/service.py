"""Telling somebody's addresses that one was added or ended, and forgetting what was kept for that."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete
from uuid6 import uuid7

from pyramid_app.accounts import queries
from pyramid_app.accounts.addresses import masked
from pyramid_app.accounts.changing.models import AddressChange
from pyramid_app.accounts.changing.rules import may_put_back
from pyramid_app.accounts.models import ContactPoint
from pyramid_app.accounts.rules import KNOWN_AFTER
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import Work

KIND = "address changed"


def tell(work: Work, changed: ContactPoint, *, ended: bool) -> None:
    """Every other confirmed address hears what becomes of this one, and so does one that is about to end."""
    others = [
        one for one in queries.list_contact_points(work.session, changed.person_id) if one.id != changed.id
    ]  # fmt: skip
    if not others:
        return
    change = AddressChange(
        id=uuid7(), person_id=changed.person_id, point_id=changed.id, kept=changed.address if ended else "",
        at=work.now, until=work.now + KNOWN_AFTER,
    )  # fmt: skip
    work.session.add(change)
    work.session.flush()
    older = [_since(one) for one in others]
    for one in [*others, changed] if ended else others:
        link = may_put_back(_since(one), _since(changed), older, is_it=one is changed)
        what = "ended" if ended else "added"
        _post(work, one, change, {"what": what, "which": masked(changed.address), "link": link})


def tell_put_back(work: Work, change: AddressChange) -> None:
    """The addresses that stand now hear that all is as it was."""
    for one in queries.list_contact_points(work.session, change.person_id):
        _post(work, one, change, {"what": "put back", "which": "", "link": False})


def _post(work: Work, to: ContactPoint, change: AddressChange, facts: dict[str, object]) -> None:
    draft = Draft(
        kind=KIND, address=to.address, about=_about(change.person_id), urgent=True, expires_at=change.until,
        maker=KIND, facts={"change": str(change.id), "at": work.now.isoformat(), **facts},
    )  # fmt: skip
    work.post(draft, key=f"address:{change.id}:{to.id}:{facts['what']}")


def forget(work: Work, person_id: UUID) -> None:
    """Somebody leaves: what was kept, and the letters about it, go at once."""
    work.session.exec(delete(AddressChange).where(col(AddressChange.person_id) == person_id))
    work.session.exec(delete(Letter).where(col(Letter.kind) == KIND, col(Letter.about) == _about(person_id)))


def forget_old(session: Session, now: datetime) -> int:
    """What can't be put back any more is forgotten, with the letters about it; returns how many rows went."""
    gone = session.exec(delete(AddressChange).where(col(AddressChange.until) <= now))
    letters = session.exec(delete(Letter).where(col(Letter.kind) == KIND, col(Letter.posted_at) <= now - KNOWN_AFTER))
    return int(gone.rowcount + letters.rowcount)


def _about(person_id: UUID) -> str:
    return f"person:{person_id}"


def _since(point: ContactPoint) -> datetime:
    assert point.confirmed_at is not None  # noqa: S101  only confirmed ones are listed
    return point.confirmed_at
