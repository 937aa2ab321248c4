"""Looking up what became of somebody's addresses."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.accounts.changing.models import AddressChange
from pyramid_app.accounts.models import ContactPoint


def find_change(session: Session, change_id: UUID | None, now: datetime) -> AddressChange | None:
    """A change that can still be put back."""
    change = session.get(AddressChange, change_id) if change_id else None
    return change if change and change.until > now and change.undone_at is None else None


def since(session: Session, change: AddressChange) -> list[tuple[AddressChange, ContactPoint]]:
    """That change and all that followed it and was not put back, the newest first."""
    return list(
        session.exec(
            select(AddressChange, ContactPoint)
            .join(ContactPoint, col(ContactPoint.id) == col(AddressChange.point_id))
            .where(
                AddressChange.person_id == change.person_id,
                AddressChange.at >= change.at,
                col(AddressChange.undone_at).is_(None),
            )
            .order_by(col(AddressChange.at).desc(), col(AddressChange.id).desc())
        ).all()
    )
