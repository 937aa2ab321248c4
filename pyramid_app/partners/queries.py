"""The partners of this area, and who speaks for them."""

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.base.errors import NotFound
from pyramid_app.partners.models import Partner, Speaker
from pyramid_app.partners.rules import can_be_asked


def list_partners(session: Session) -> list[Partner]:
    return list(session.exec(select(Partner).order_by(col(Partner.position))))


def find_partner(session: Session, slug: str) -> Partner | None:
    return session.get(Partner, slug)


def get_partner(session: Session, slug: str) -> Partner:
    partner = find_partner(session, slug)
    if partner is None:
        raise NotFound
    return partner


def askable(session: Session, today: date) -> list[Partner]:
    """Those that can be asked about a topic today."""
    return [partner for partner in list_partners(session) if can_be_asked(partner, today)]


def list_speakers(session: Session) -> list[tuple[Speaker, str]]:
    """Everybody who speaks or ever spoke for a partner, with its name, in the order of partners."""
    found = session.exec(
        select(Speaker, Partner.name)
        .join(Partner, col(Partner.slug) == col(Speaker.partner))
        .order_by(col(Partner.position), col(Speaker.from_at), col(Speaker.id))
    )
    return list(found.all())


def speaks_for(session: Session, person_id: UUID) -> list[Speaker]:
    """What this person speaks for now."""
    return list(
        session.exec(
            select(Speaker)
            .where(Speaker.person_id == person_id, col(Speaker.until_at).is_(None))
            .order_by(col(Speaker.partner))
        )
    )
