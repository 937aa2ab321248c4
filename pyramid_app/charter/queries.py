"""Reading the charter: one query for a whole edition, one for a commitment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.charter.models import Commitment, Edition, Principle, Wording
from pyramid_app.partners.models import Partner


@dataclass(frozen=True)
class Promise:
    """A commitment as one edition words it."""

    number: int
    edition: int
    text: str
    how_we_know: str
    principle: Principle
    partner: str
    sample: bool


@dataclass(frozen=True)
class Charter:
    """One edition: its principles, each with its promises, in order."""

    edition: Edition
    principles: list[tuple[Principle, list[Promise]]]


def current_edition(session: Session) -> Edition | None:
    return session.exec(select(Edition).order_by(col(Edition.number).desc()).limit(1)).first()


def current_charter(session: Session) -> Charter | None:
    """The newest edition, or ``None`` where an area has none yet."""
    edition = current_edition(session)
    return _charter(session, edition) if edition else None


def get_charter(session: Session, number: int) -> Charter:
    edition = session.get(Edition, number)
    if edition is None:
        raise NotFound
    return _charter(session, edition)


def get_commitment(session: Session, number: int) -> Promise:
    """The commitment as its newest edition words it."""
    found = _promises(session, col(Wording.commitment) == number)
    if not found:
        raise NotFound
    return max(found, key=lambda promise: promise.edition)


def list_choices(session: Session) -> list[Promise]:
    """The promises of the present edition, in the order of the charter: what a topic can be about."""
    charter = current_charter(session)
    return [promise for _principle, promises in charter.principles for promise in promises] if charter else []


def current_wordings(session: Session, commitments: Collection[int]) -> Sequence[Wording]:
    """What those commitments say in the present edition; unknown numbers are left out."""
    newest = select(func.max(Edition.number)).scalar_subquery()
    return session.exec(
        select(Wording).where(col(Wording.edition) == newest, col(Wording.commitment).in_(commitments))
    ).all()


def _charter(session: Session, edition: Edition) -> Charter:
    grouped: dict[int, tuple[Principle, list[Promise]]] = {}
    for promise in _promises(session, col(Wording.edition) == edition.number):
        grouped.setdefault(promise.principle.number, (promise.principle, []))[1].append(promise)
    return Charter(edition, [grouped[number] for number in sorted(grouped)])


def _promises(session: Session, where: sa.ColumnElement[bool]) -> list[Promise]:
    rows = session.exec(
        select(Wording, Principle, Partner.name, Edition.sample)
        .join(Commitment, col(Commitment.number) == col(Wording.commitment))
        .join(Principle, col(Principle.number) == col(Commitment.principle))
        .join(Partner, col(Partner.slug) == col(Commitment.partner))
        .join(Edition, col(Edition.number) == col(Wording.edition))
        .where(where)
        .order_by(col(Commitment.number))
    )
    return [
        Promise(wording.commitment, wording.edition, wording.text, wording.how_we_know, principle, partner, sample)
        for wording, principle, partner, sample in rows
    ]
