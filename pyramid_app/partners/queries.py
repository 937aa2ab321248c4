"""The partners of this area."""

from sqlmodel import Session, col, select

from pyramid_app.partners.models import Partner


def list_partners(session: Session) -> list[Partner]:
    return list(session.exec(select(Partner).order_by(col(Partner.position))))
