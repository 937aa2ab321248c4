"""The partners of this area."""

from datetime import date

from sqlmodel import Session, col, select

from pyramid_app.base.errors import NotFound
from pyramid_app.partners.models import Partner
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
