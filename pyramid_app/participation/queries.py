"""Who stands where in the pyramid."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from pyramid_app.accounts.models import ContactPoint, Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.disclosure import Count
from pyramid_app.kit.texts import london_date
from pyramid_app.participation.models import Facts, Invitation, Level, Standing
from pyramid_app.participation.rules import EVERYBODY, Circle


def list_levels(session: Session) -> list[Level]:
    """The levels, base first."""
    return list(session.exec(select(Level).order_by(col(Level.position))))


def get_level(session: Session, slug: str) -> Level:
    level = session.get(Level, slug)
    if level is None:
        raise NotFound
    return level


def find_public_level(session: Session) -> Level | None:
    """The level whose people are named: the representatives'."""
    return session.exec(select(Level).where(col(Level.public)).order_by(col(Level.position).desc())).first()


def has_free_seat(session: Session, slug: str, *, hold: bool = False) -> bool:
    """Whether one more person may step there. ``hold``: until the act ends, nobody else is told so."""
    level = session.get_one(Level, slug, with_for_update={"key_share": True} if hold else None)
    if level.seats is None:
        return True
    taken = session.exec(select(func.count()).where(Standing.level == slug, col(Standing.until_at).is_(None))).one()
    return Count(taken) < level.seats


def votes(session: Session, slug: str | None) -> bool:
    """Whether people on that level answer Parliament polls."""
    level = session.get(Level, slug) if slug else None
    return bool(level and level.votes)


def hold_person(session: Session, person_id: UUID) -> None:
    """Acts on one person's standing queue here: two joins at once make one standing, not an error."""
    session.exec(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True)).one()


def find_open_standing(session: Session, person_id: UUID) -> Standing | None:
    """The standing without an end, whatever the clock says: there is one at the most."""
    return session.exec(
        select(Standing).where(Standing.person_id == person_id, col(Standing.until_at).is_(None))
    ).first()


def find_level_of(session: Session, person_id: UUID, now: datetime) -> str | None:
    return session.exec(select(Standing.level).where(Standing.person_id == person_id, *stands(now))).first()


def find_declared_at(session: Session, person_id: UUID) -> datetime | None:
    """When this person first said that they care for a child with SEND here."""
    return session.exec(select(func.min(col(Standing.declared_at))).where(Standing.person_id == person_id)).one()


def find_ended_at(session: Session, person_id: UUID) -> datetime | None:
    """When the last of this person's standings that are over ended."""
    return session.exec(select(func.max(col(Standing.until_at))).where(Standing.person_id == person_id)).one()


def voting_people(session: Session, now: datetime, circle: Circle = EVERYBODY) -> list[UUID]:
    """Everybody who stands now on a level that votes, as far as they belong to the circle."""
    return list(session.exec(_voting(now, circle).order_by(col(Person.id))))


def people_from(session: Session, slug: str, now: datetime) -> list[UUID]:
    """Everybody who stands now on that level or higher, voting or not."""
    lowest = select(Level.position).where(Level.slug == slug).scalar_subquery()
    here = select(Standing.person_id).join(Level, col(Level.slug) == col(Standing.level))
    return list(session.exec(here.where(Level.position >= lowest, *stands(now)).order_by(col(Standing.person_id))))


def belongs(session: Session, person_id: UUID, now: datetime, circle: Circle = EVERYBODY) -> bool:
    """Whether this person is one of ``voting_people``."""
    return session.execute(_one_of(circle), {"now": now, "person": person_id}).first() is not None


def facts_of(session: Session, person_id: UUID) -> Facts:
    """What this person told about her family; nothing, if she never did."""
    return session.get(Facts, person_id) or Facts(person_id=person_id)


@lru_cache(maxsize=200)
def _one_of(circle: Circle) -> SelectOfScalar[UUID]:
    """Every page of a question asks this: it is built once for each circle."""
    return _voting(sa.bindparam("now"), circle).where(Person.id == sa.bindparam("person"))


def _voting(now: Any, circle: Circle) -> SelectOfScalar[UUID]:
    """Levels are nested: whoever stands higher belongs to the circle of every level below."""
    if circle.young:
        return _young_people(now)
    found = (
        select(Person.id)
        .join(Standing, col(Standing.person_id) == col(Person.id))
        .join(Level, col(Level.slug) == col(Standing.level))
        .where(col(Level.votes), *stands(now))
    )
    if circle.levels:
        lowest = select(func.min(Level.position)).where(col(Level.slug).in_(circle.levels)).scalar_subquery()
        found = found.where(Level.position >= lowest)
    if circle.wards or circle.places:
        found = found.join(Facts, col(Facts.person_id) == col(Person.id))
    if circle.wards:
        found = found.where(col(Facts.ward).in_(circle.wards))
    if circle.places:
        found = found.where(col(Facts.setting).in_(circle.places))
    return found


def _young_people(now: Any) -> SelectOfScalar[UUID]:
    """Young people stand on no level: whoever could be reached at that instant is asked."""
    ended = col(ContactPoint.ended_at)
    reachable = sa.exists().where(
        col(ContactPoint.person_id) == col(Person.id),
        col(ContactPoint.confirmed_at) <= now,
        ended.is_(None) | (ended > now),
    )
    return select(Person.id).where(Person.kind == PersonKind.YOUNG_PERSON, reachable)


def count_by_level(session: Session, now: datetime) -> dict[str, Count]:
    """How many people each level holds, by slug. Nested: whoever stands higher is counted on every level below too."""
    found = session.exec(select(Standing.level, func.count()).where(*stands(now)).group_by(col(Standing.level)))
    counts, above, nested = dict(found.all()), Count(0), {}
    for level in reversed(list_levels(session)):
        above = above + Count(counts.get(level.slug, 0))
        nested[level.slug] = above
    return nested


def count_joined_by_day(session: Session, since: datetime, until: datetime) -> dict[date, Count]:
    """How many people stood here for the first time on each day in London of that half-open interval."""
    first = func.min(col(Standing.from_at))
    found = select(first).group_by(col(Standing.person_id)).having(first >= since, first < until)
    return {day: Count(number) for day, number in Counter(london_date(at) for at in session.exec(found)).items()}


def representatives(session: Session, now: datetime) -> list[UUID]:
    """Everybody who stands on a public level: those who speak for families."""
    standing = select(Standing.person_id).join(Level, col(Level.slug) == col(Standing.level))
    return list(session.exec(standing.where(col(Level.public), *stands(now)).order_by(col(Standing.person_id))))


def list_named(session: Session, slug: str, now: datetime) -> list[str]:
    """First names of those who stand on a public level (representatives are known by name)."""
    return list(
        session.exec(
            select(Person.name)
            .join(Standing, col(Standing.person_id) == col(Person.id))
            .join(Level, col(Level.slug) == col(Standing.level))
            .where(col(Level.public), Standing.level == slug, Person.name != "", *stands(now))
            .order_by(col(Person.name))
        )
    )


def find_open_invitation(
    session: Session, invitation_id: UUID, invited_after: datetime, *, hold: bool = False
) -> Invitation | None:
    """That invitation, if it still can be answered. ``hold``: until the act ends, nobody else answers it."""
    chosen = select(Invitation).where(Invitation.id == invitation_id, *_open(), Invitation.invited_at > invited_after)
    return session.exec(chosen.with_for_update() if hold else chosen).first()


def open_invitations(session: Session, invited_after: datetime) -> Sequence[Invitation]:
    """Those without an answer that are not too old yet, newest first."""
    return session.exec(
        select(Invitation).where(*_open(), Invitation.invited_at > invited_after).order_by(
            col(Invitation.invited_at).desc(), col(Invitation.id).desc()
        )
    ).all()  # fmt: skip


def invitations_to_forget(session: Session, invited_until: datetime) -> Sequence[UUID]:
    """Those that waited in vain since ``invited_until`` or longer."""
    return session.exec(select(Invitation.id).where(*_open(), Invitation.invited_at <= invited_until)).all()


def stands(now: Any) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """The half-open interval in which a standing holds."""
    until = col(Standing.until_at)
    return (col(Standing.from_at) <= now, or_(until.is_(None), until > now))


def _open() -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return (col(Invitation.answered_at).is_(None), col(Invitation.forgotten_at).is_(None))
