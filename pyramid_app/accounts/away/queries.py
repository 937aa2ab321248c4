"""Who is away, until when, and who has what waits for them."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pyramid_app.accounts.away.rules import stands_in
from pyramid_app.accounts.models import Away, RoleGrant
from pyramid_app.base.actor import OFFICERS


def list_away(session: Session, today: date) -> list[Away]:
    """Who of the staff is away today, the first to come back first."""
    held = _held().where(col(RoleGrant.person_id) == col(Away.person_id)).exists()
    return list(
        session.exec(
            select(Away)
            .where(col(Away.ended_at).is_(None), col(Away.until_on) > today, held)
            .order_by(col(Away.until_on), col(Away.id))
        )
    )


def covers(session: Session, today: date) -> dict[UUID, UUID]:
    """By whoever is away today, the colleague they named."""
    return {away.person_id: away.cover_id for away in list_away(session, today)}


def cover_for(session: Session, person_id: UUID, today: date) -> UUID:
    """Who has what waits for this person today: they themselves, or at the end of the chain whoever is here."""
    chain = covers(session, today)
    return stands_in(person_id, chain, _on_the_staff(session)) if person_id in chain else person_id


def cover_of_all(session: Session, today: date) -> dict[UUID, UUID]:
    """``cover_for`` of everybody who is away today, in two questions."""
    chain, here = covers(session, today), _on_the_staff(session)
    return {person_id: stands_in(person_id, chain, here) for person_id in chain}


def _on_the_staff(session: Session) -> set[UUID]:
    return set(session.exec(_held()))


def _held() -> SelectOfScalar[UUID]:
    # No verb gives a role for a later day, so that one without an end is one that is held.
    return select(RoleGrant.person_id).where(col(RoleGrant.role).in_(OFFICERS), col(RoleGrant.until_at).is_(None))
