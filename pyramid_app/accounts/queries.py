"""Looking people up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.accounts.addresses import masked, normal_address
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.models import ContactPoint, Person, RoleGrant, SignIn
from pyramid_app.accounts.rules import PersonKind, needs_code
from pyramid_app.accounts.staff_queries import standing
from pyramid_app.base.actor import Hat, Role
from pyramid_app.base.db import table
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.disclosure import Count

__all__ = [
    "Here", "count_wanting", "ends_with_code", "find_by_address", "find_here", "find_person", "find_reach",
    "get_person", "list_contact_points", "list_people", "masked", "names_of", "normal_address", "roles_of", "wants",
]  # fmt: skip

PART = 10_000
"""Ids in one statement: databases take some 30,000 parameters."""


def find_person(session: Session, person_id: UUID) -> Person | None:
    return session.get(Person, person_id)


def get_person(session: Session, person_id: UUID) -> Person:
    person = find_person(session, person_id)
    if person is None:
        raise NotFound
    return person


def find_by_address(session: Session, address: str, *, young: bool | None = None) -> Person | None:
    """Who signs in with this address: of those whose confirmed mailbox it reaches, the one who confirmed it first.

    ``young``: only a young person, or only anybody else.
    """
    found = select(Person)
    if young is not None:
        is_young = col(Person.kind) == PersonKind.YOUNG_PERSON
        found = found.where(is_young if young else sa.not_(is_young))
    return session.exec(
        found.join(ContactPoint, col(ContactPoint.person_id) == col(Person.id))
        .where(
            col(ContactPoint.mailbox) == canonical_mailbox(address),
            col(ContactPoint.confirmed_at).is_not(None),
            col(ContactPoint.ended_at).is_(None),
        )
        .order_by(col(ContactPoint.confirmed_at), col(ContactPoint.id))
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
            .order_by(col(ContactPoint.confirmed_at), col(ContactPoint.id))
        )
    )


def mailboxes_of(session: Session, people: Collection[UUID]) -> dict[UUID, list[str]]:
    """The confirmed mailboxes of these people, each person's oldest first, in one query. Who has none is left out."""
    found = session.execute(
        sa.select(col(ContactPoint.person_id), col(ContactPoint.mailbox))
        .where(
            col(ContactPoint.person_id).in_(people),
            col(ContactPoint.confirmed_at).is_not(None),
            col(ContactPoint.ended_at).is_(None),
        )
        .order_by(col(ContactPoint.confirmed_at), col(ContactPoint.id))
    )
    mailboxes: dict[UUID, list[str]] = {}
    for person_id, mailbox in found:
        mailboxes.setdefault(person_id, [])
        if mailbox not in mailboxes[person_id]:
            mailboxes[person_id].append(mailbox)
    return mailboxes


def gone_among(session: Session, people: Collection[UUID]) -> set[UUID]:
    """Who of these people has left: nothing of theirs can be reached any more."""
    return set(people) - mailboxes_of(session, people).keys()


def ends_with_code(points: Sequence[ContactPoint], point: ContactPoint, now: datetime) -> bool:
    """Whether this one of somebody's confirmed addresses ends only with a code from it."""
    since = {one.id: one.confirmed_at for one in points if one.confirmed_at}
    others = [at for one, at in since.items() if one != point.id]
    return bool(others) and needs_code(since[point.id], others, now)


def find_reach(session: Session, person_id: UUID, channels: Collection[str]) -> tuple[str, str] | None:
    """``(kind, address)`` of the first way to reach this person that this installation has."""
    for point in list_contact_points(session, person_id):
        if point.kind in channels:
            return str(point.kind), point.address
    return None


def wants(session: Session, person_id: UUID, letters: str) -> bool:
    """Whether this person wants letters of that kind: ``questions``, ``answers`` or ``notices``."""
    person = find_person(session, person_id)
    return person is not None and bool(getattr(person, f"wants_{letters}"))


def count_wanting(session: Session, people: Collection[UUID], letters: str) -> Count:
    """How many of these people want letters of that kind; asked in parts, since they may be a whole county."""
    ids, found = list(people), Count(0)
    for start in range(0, len(ids), PART):
        chosen = col(Person.id).in_(ids[start : start + PART])
        asked = select(func.count()).select_from(Person).where(chosen, getattr(Person, f"wants_{letters}"))
        found = found + Count(session.exec(asked).one())
    return found


def names_of(session: Session, people: Collection[UUID]) -> dict[UUID, str]:
    """First names by id, in one query."""
    if not people:
        return {}
    found = session.exec(select(Person.id, Person.name).where(col(Person.id).in_(people)))
    return dict(found.all())


def roles_of(session: Session, person_id: UUID, now: datetime) -> frozenset[Role]:
    """The roles this person has at that instant: given or taken, they act at once."""
    held = session.exec(select(RoleGrant).where(RoleGrant.person_id == person_id, *standing(now)))
    return frozenset(grant.role for grant in held)


@dataclass(frozen=True)
class Here:
    """A browser that is signed in: which sign-in, whose, with which hat on, and the roles that person has now."""

    sign_in_id: UUID
    person_id: UUID
    name: str
    hat: Hat
    roles: frozenset[Role]


def find_here(session: Session, token_hash: str, now: datetime) -> Here | None:
    """Whose sign-in this token is, if it has neither ended nor run out: one statement, asked by every page."""
    found = session.execute(_HERE, {"token": token_hash, "now": now}).all()
    if not found:
        return None
    sign_in_id, person_id, hat, name, _role = found[0]
    return Here(sign_in_id, person_id, name, hat, frozenset(row[-1] for row in found if row[-1]))


def list_people(session: Session, ids: Collection[UUID]) -> list[Person]:
    """These people, in one query."""
    return list(session.exec(select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))))


_sign_in, _person, _grant = table(SignIn), table(Person), table(RoleGrant)
_HERE = (
    sa.select(_sign_in.c.id, _sign_in.c.person_id, _sign_in.c.hat, _person.c.name, _grant.c.role)
    .join(_person, _person.c.id == _sign_in.c.person_id)
    .join(
        _grant,
        (_grant.c.person_id == _person.c.id)
        & (_grant.c.from_at <= sa.bindparam("now"))
        & (_grant.c.until_at.is_(None) | (_grant.c.until_at > sa.bindparam("now"))),
        isouter=True,
    )
    .where(
        _sign_in.c.token_hash == sa.bindparam("token"),
        _sign_in.c.ended_at.is_(None),
        _sign_in.c.expires_at > sa.bindparam("now"),
    )
)
