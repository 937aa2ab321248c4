"""Looking people up."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select

from pyramid_app.accounts.addresses import masked, normal_address
from pyramid_app.accounts.models import ContactPoint, OneTimeCode, Person, RoleGrant, SignIn
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.actor import Role
from pyramid_app.base.errors import NotFound

__all__ = [
    "find_by_address", "find_code", "find_person", "find_reach", "find_sign_in", "get_person", "list_contact_points",
    "list_people", "list_staff", "masked", "names_of", "normal_address", "roles_of",
]  # fmt: skip


def find_person(session: Session, person_id: UUID) -> Person | None:
    return session.get(Person, person_id)


def get_person(session: Session, person_id: UUID) -> Person:
    person = find_person(session, person_id)
    if person is None:
        raise NotFound
    return person


def find_by_address(session: Session, address: str, *, young: bool | None = None) -> Person | None:
    """Who signs in with this address: of those whose confirmed address it is, the one who confirmed it first.

    ``young``: only a young person, or only anybody else.
    """
    found = select(Person)
    if young is not None:
        is_young = col(Person.kind) == PersonKind.YOUNG_PERSON
        found = found.where(is_young if young else sa.not_(is_young))
    return session.exec(
        found.join(ContactPoint, col(ContactPoint.person_id) == col(Person.id))
        .where(
            col(ContactPoint.address) == address,
            col(ContactPoint.confirmed_at).is_not(None),
            col(ContactPoint.ended_at).is_(None),
        )
        .order_by(col(ContactPoint.confirmed_at))
        .limit(1)
    ).first()


def list_contact_points(session: Session, person_id: UUID) -> list[ContactPoint]:
    """The confirmed ways to reach somebody, oldest first."""
    return list(
        session.exec(
            select(ContactPoint)
            .where(
                col(ContactPoint.person_id) == person_id,
                col(ContactPoint.confirmed_at).is_not(None),
                col(ContactPoint.ended_at).is_(None),
            )
            .order_by(col(ContactPoint.confirmed_at))
        )
    )


def find_reach(session: Session, person_id: UUID, channels: Collection[str]) -> tuple[str, str] | None:
    """``(kind, address)`` of the first way to reach this person that this installation has."""
    for point in list_contact_points(session, person_id):
        if point.kind in channels:
            return str(point.kind), point.address
    return None


def names_of(session: Session, people: Collection[UUID]) -> dict[UUID, str]:
    """First names by id, in one query."""
    if not people:
        return {}
    found = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(people)))
    return dict(found.all())


def roles_of(session: Session, person_id: UUID, now: datetime) -> frozenset[Role]:
    """The roles this person has at that instant: given or taken, they act at once."""
    held = session.exec(select(RoleGrant).where(RoleGrant.person_id == person_id, *_standing(now)))
    return frozenset(grant.role for grant in held)


def list_staff(session: Session, now: datetime) -> list[tuple[Person, Role]]:
    """Everybody with a role now, by name."""
    found = session.exec(
        select(Person, RoleGrant)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(*_standing(now))
        .order_by(col(Person.name), col(RoleGrant.role))
    )
    return [(person, grant.role) for person, grant in found]


def find_code(session: Session, ask: str) -> OneTimeCode | None:
    return session.get(OneTimeCode, ask)


def find_sign_in(session: Session, token_hash: str, now: datetime) -> SignIn | None:
    """The sign-in with this token, if it has neither ended nor run out."""
    return session.exec(
        select(SignIn).where(
            SignIn.token_hash == token_hash, col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now
        )
    ).first()


def _standing(now: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    until = col(RoleGrant.until_at)
    return (col(RoleGrant.from_at) <= now, or_(until.is_(None), until > now))


def list_people(session: Session, ids: Collection[UUID]) -> list[Person]:
    """These people, in one query."""
    return list(session.exec(select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))))
