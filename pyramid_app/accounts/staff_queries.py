"""The staff: who has which role since when, who can stand in, who has not signed in yet."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.models import ContactPoint, Person, RoleGrant
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.actor import OFFICERS, Role


def list_grants(session: Session) -> list[tuple[Person, RoleGrant]]:
    """Every role that anybody has or had, by name."""
    found = session.exec(
        select(Person, RoleGrant)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .order_by(col(Person.name), col(Person.id), col(RoleGrant.from_at), col(RoleGrant.id))
    )
    return list(found.all())


def standing(now: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """A role at that instant."""
    until = col(RoleGrant.until_at)
    return (col(RoleGrant.from_at) <= now, or_(until.is_(None), until > now))


def holders(session: Session, role: Role, now: datetime) -> set[UUID]:
    """Who has this role."""
    return set(session.exec(select(RoleGrant.person_id).where(RoleGrant.role == role, *standing(now))))


def leads(session: Session, now: datetime) -> set[UUID]:
    """Leads who can sign in: whoever was invited and never came could let nobody back in."""
    return _who_can_sign_in(session, (Role.LEAD,), now)


def officers(session: Session, now: datetime) -> set[UUID]:
    """Officers and leads who can sign in: to whom anything can be handed."""
    return _who_can_sign_in(session, OFFICERS, now)


def colleagues(session: Session, besides: UUID | None, now: datetime) -> list[Person]:
    """Who could have what waits for ``besides``, by name; besides nobody: all of them."""
    found = officers(session, now) - {besides}
    return list(
        session.exec(select(Person).where(col(Person.id).in_(found)).order_by(col(Person.name), col(Person.id)))
    )


def find_invited(session: Session, address: str) -> Person | None:
    """Who was invited to the staff at this address and has not signed in yet. Nobody has proved the address."""
    return session.exec(
        select(Person)
        .join(ContactPoint, col(ContactPoint.person_id) == col(Person.id))
        .where(
            col(ContactPoint.mailbox) == canonical_mailbox(address),
            col(ContactPoint.confirmed_at).is_(None),
            col(ContactPoint.ended_at).is_(None),
            col(Person.kind) != PersonKind.YOUNG_PERSON,
        )
        .order_by(col(ContactPoint.added_at), col(ContactPoint.id))
        .limit(1)
    ).first()


def find_colleagues(session: Session, who: str, now: datetime) -> list[tuple[Person, ContactPoint]]:
    """Who on the staff has the address ``who`` or goes by that name, with each way to reach them, proved or not."""
    found = session.exec(
        select(Person, ContactPoint)
        .join(ContactPoint, col(ContactPoint.person_id) == col(Person.id))
        .where(
            col(Person.id).in_(select(RoleGrant.person_id).where(*standing(now))),
            col(ContactPoint.ended_at).is_(None),
            or_(col(ContactPoint.address) == who.lower(), sa.func.lower(Person.name) == who.lower()),
        )
        .order_by(col(ContactPoint.added_at), col(ContactPoint.id))
    )
    return list(found.all())


def not_here_yet(session: Session, people: Collection[UUID]) -> set[UUID]:
    """Of these people, those whose only way to be reached is an invitation that they have not answered."""
    usable = col(ContactPoint.ended_at).is_(None)
    found = session.exec(select(ContactPoint).where(col(ContactPoint.person_id).in_(people), usable)).all()
    return {point.person_id for point in found} - {point.person_id for point in found if point.confirmed_at}


def unproved_points(session: Session, person_id: UUID) -> list[ContactPoint]:
    """Addresses of this person that nobody has proved."""
    return list(
        session.exec(
            select(ContactPoint).where(
                ContactPoint.person_id == person_id,
                col(ContactPoint.confirmed_at).is_(None),
                col(ContactPoint.ended_at).is_(None),
            )
        )
    )


def _who_can_sign_in(session: Session, roles: Collection[Role], now: datetime) -> set[UUID]:
    proved = (
        select(ContactPoint.id)
        .where(
            col(ContactPoint.person_id) == col(RoleGrant.person_id),
            col(ContactPoint.confirmed_at).is_not(None),
            col(ContactPoint.ended_at).is_(None),
        )
        .exists()
    )
    return set(session.exec(select(RoleGrant.person_id).where(col(RoleGrant.role).in_(roles), *standing(now), proved)))
