"""Who waits for the desk to confirm that two people share a mailbox, and who need not wait any more."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from pyramid_app.accounts.models import Person
from pyramid_app.accounts.shared.models import SharedMailbox


def list_waiting(session: Session) -> list[tuple[SharedMailbox, Person]]:
    """Those whom the desk has not confirmed yet, the first to ask first."""
    found = select(SharedMailbox, Person).join(Person, col(Person.id) == col(SharedMailbox.person_id))
    return list(
        session.exec(
            found.where(col(SharedMailbox.confirmed_at).is_(None)).order_by(
                col(SharedMailbox.asked_at), col(SharedMailbox.person_id), col(SharedMailbox.mailbox)
            )
        ).all()
    )


def confirmed_among(session: Session, people: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Person and mailbox of each confirmed sharing of these people."""
    found = session.execute(
        sa.select(col(SharedMailbox.person_id), col(SharedMailbox.mailbox)).where(
            col(SharedMailbox.person_id).in_(people), col(SharedMailbox.confirmed_at).is_not(None)
        )
    )
    return {(person_id, mailbox) for person_id, mailbox in found}
