"""Looking codes up."""

from sqlmodel import Session

from pyramid_app.accounts.codes.models import OneTimeCode


def find_code(session: Session, ask: str) -> OneTimeCode | None:
    return session.get(OneTimeCode, ask)
