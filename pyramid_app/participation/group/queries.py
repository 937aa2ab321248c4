"""Who belongs to the Group at an instant: two statements, however many there are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from pyramid_app.accounts.models import Person
from pyramid_app.base.errors import NotFound
from pyramid_app.participation.group.models import GroupMember
from pyramid_app.participation.group.rules import KINDS, MemberKind
from pyramid_app.participation.models import Level, Standing
from pyramid_app.participation.queries import stands

_ORDER = tuple(KINDS)


@dataclass(frozen=True)
class Member:
    """Somebody in the Group. ``row_id`` and ``until_at`` are of those whom a lead named."""

    person_id: UUID
    name: str
    kind: MemberKind
    body: str = ""
    row_id: UUID | None = None
    until_at: datetime | None = None

    @property
    def elected(self) -> bool:
        return self.kind is MemberKind.ELECTED


def members(session: Session, now: datetime) -> list[Member]:
    """Elected parents first, then by kind and name. Whoever is elected and named is there once, as elected."""
    elected = session.exec(_elected(now).order_by(col(Person.name), col(Person.id))).all()
    found = {person_id: Member(person_id, name, MemberKind.ELECTED) for person_id, name in elected}
    named = session.exec(
        select(GroupMember, Person.name)
        .join(Person, col(Person.id) == col(GroupMember.person_id))
        .where(*_belongs(now))
        .order_by(col(Person.name), col(Person.id))
    ).all()
    for row, name in sorted(named, key=lambda one: _ORDER.index(one[0].kind)):
        found.setdefault(row.person_id, Member(row.person_id, name, row.kind, row.body, row.id, row.until_at))
    return list(found.values())


def kind_of(session: Session, person_id: UUID, now: datetime) -> MemberKind | None:
    """As what this person belongs to the Group; ``None`` for everybody else."""
    if session.exec(_elected(now).where(Person.id == person_id)).first():
        return MemberKind.ELECTED
    row = find_open(session, person_id, now)
    return row.kind if row else None


def is_member(session: Session, person_id: UUID | None, now: datetime) -> bool:
    return person_id is not None and kind_of(session, person_id, now) is not None


def find_open(session: Session, person_id: UUID, now: datetime) -> GroupMember | None:
    """What a lead said of this person, if it holds."""
    return session.exec(select(GroupMember).where(GroupMember.person_id == person_id, *_belongs(now))).first()


def get_row(session: Session, row_id: UUID, now: datetime, *, hold: bool = False) -> GroupMember:
    """That membership while it holds. ``hold``: until the act ends, nobody else ends it."""
    chosen = select(GroupMember).where(GroupMember.id == row_id, *_belongs(now))
    row = session.exec(chosen.with_for_update() if hold else chosen).first()
    if row is None:
        raise NotFound
    return row


def before(session: Session, now: datetime) -> list[tuple[GroupMember, str]]:
    """Memberships that are over, with the name, the newest first."""
    return list(
        session.exec(
            select(GroupMember, Person.name)
            .join(Person, col(Person.id) == col(GroupMember.person_id))
            .where(col(GroupMember.until_at) <= now)
            .order_by(col(GroupMember.until_at).desc(), col(GroupMember.id))
        )
    )


def _elected(now: datetime) -> Select[UUID, str]:
    return (
        select(Person.id, Person.name)
        .join(Standing, col(Standing.person_id) == col(Person.id))
        .join(Level, col(Level.slug) == col(Standing.level))
        .where(col(Level.public), *stands(now))
    )


def _belongs(now: datetime) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    until = col(GroupMember.until_at)
    return (col(GroupMember.from_at) <= now, or_(until.is_(None), until > now))
