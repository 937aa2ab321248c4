"""Reading the charter: a constant number of queries for a whole edition, as for a single commitment."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.base.errors import NotFound
from pyramid_app.charter.models import Edition, Maker, Principle, Signature, Successor, Twin, Wording
from pyramid_app.charter.rules import Says, Words, digest, exact, words_of
from pyramid_app.partners.models import Partner


@dataclass(frozen=True)
class MakerSeen:
    """A partner that a promise names. ``condition``: under which it can keep it, or why it cannot."""

    slug: str
    name: str
    says: Says
    condition: str

    @property
    def promises(self) -> bool:
        return self.says in {Says.KEEPS, Says.IF}


@dataclass(frozen=True)
class Promise:
    """A commitment as one edition words it. ``twins`` by language."""

    wording: Wording
    principle: Principle
    sample: bool
    makers: tuple[MakerSeen, ...] = ()
    twins: tuple[Twin, ...] = ()

    @property
    def number(self) -> int:
        return self.wording.commitment

    @property
    def edition(self) -> int:
        return self.wording.edition

    @property
    def text(self) -> str:
        return self.wording.text

    @property
    def how_we_know(self) -> str:
        return self.wording.how_we_know

    @cached_property
    def words(self) -> Words:
        return words_of(self.wording, [maker.slug for maker in self.makers])

    @property
    def partner(self) -> str:
        """Who makes it, by name."""
        return ", ".join(maker.name for maker in self.makers if maker.promises)

    @property
    def refused_by(self) -> str:
        return ", ".join(maker.name for maker in self.makers if maker.says is Says.CANNOT)

    @property
    def is_promise(self) -> bool:
        """Somebody makes it; otherwise parents ask for it, or it is asked of families."""
        return any(maker.promises for maker in self.makers)

    def is_stale(self, twin: Twin) -> bool:
        """The words have changed since this twin was made from them."""
        return twin.of_digest != digest(exact(self.words))


@dataclass(frozen=True)
class Charter:
    """One edition: its principles, each with its promises, in order; and who signed it."""

    edition: Edition
    principles: list[tuple[Principle, list[Promise]]]
    signatures: Sequence[tuple[Signature, str]] = ()

    @property
    def promises(self) -> list[Promise]:
        return [promise for _principle, promises in self.principles for promise in promises]


def current_edition(session: Session) -> Edition | None:
    return session.exec(select(Edition).order_by(col(Edition.number).desc()).limit(1)).first()


def list_editions(session: Session) -> Sequence[Edition]:
    """Every edition, newest first."""
    return session.exec(select(Edition).order_by(col(Edition.number).desc())).all()


def current_charter(session: Session) -> Charter | None:
    """The newest edition, or ``None`` where an area has none yet."""
    edition = current_edition(session)
    return _charter(session, edition) if edition else None


def get_charter(session: Session, number: int) -> Charter:
    edition = session.get(Edition, number)
    if edition is None:
        raise NotFound
    return _charter(session, edition)


def history_of(session: Session, number: int) -> list[Promise]:
    """What that number said in every edition that has it, the first one first. Raises ``NotFound``."""
    found = _promises(session, col(Wording.commitment) == number)
    if not found:
        raise NotFound
    return sorted(found, key=lambda promise: promise.edition)


def find_present(session: Session, number: int) -> Promise | None:
    """The commitment as the present edition words it; ``None`` where it is not in it."""
    newest = select(func.max(Edition.number)).scalar_subquery()
    found = _promises(session, (col(Wording.edition) == newest) & (col(Wording.commitment) == number))
    return found[0] if found else None


def list_promises(session: Session, edition: int, numbers: Collection[int]) -> list[Promise]:
    """Those commitments as that edition words them, by number; what it does not hold is left out."""
    return _promises(session, (col(Wording.edition) == edition) & col(Wording.commitment).in_(numbers))


def successors_of(session: Session, number: int) -> Sequence[int]:
    """The promises that a split or merged one went into."""
    found = select(Successor.successor).where(Successor.commitment == number)
    return session.exec(found.order_by(col(Successor.successor))).all()


def list_principles(session: Session) -> list[Principle]:
    """The principles of the present edition, or all there are where none is published."""
    charter = current_charter(session)
    if charter:
        return [principle for principle, _promises in charter.principles]
    return list(session.exec(select(Principle).order_by(col(Principle.number))))


def list_choices(session: Session) -> list[Promise]:
    """The promises of the present edition, in the order of the charter: what a topic can be about."""
    charter = current_charter(session)
    return [promise for promise in charter.promises if not promise.wording.asks] if charter else []


def current_wordings(session: Session, commitments: Collection[int]) -> Sequence[Wording]:
    """What those commitments say in the present edition; unknown numbers are left out."""
    newest = select(func.max(Edition.number)).scalar_subquery()
    return session.exec(
        select(Wording).where(col(Wording.edition) == newest, col(Wording.commitment).in_(commitments))
    ).all()


def due_for_review(session: Session, until: date) -> list[Promise]:
    """Promises of the present edition whose day to be looked at again comes by then, the earliest first."""
    newest = select(func.max(Edition.number)).scalar_subquery()
    found = _promises(session, (col(Wording.edition) == newest) & (col(Wording.review_on) <= until))
    return sorted(found, key=lambda promise: (promise.wording.review_on or until, promise.number))


def without_review_day(session: Session) -> list[Promise]:
    """Promises of the present edition that no day brings back; what families are asked for needs none."""
    newest = select(func.max(Edition.number)).scalar_subquery()
    here = (col(Wording.edition) == newest) & col(Wording.review_on).is_(None) & col(Wording.asks).is_(False)
    return _promises(session, here)


def _charter(session: Session, edition: Edition) -> Charter:
    grouped: dict[int, tuple[Principle, list[Promise]]] = {}
    for promise in _promises(session, col(Wording.edition) == edition.number):
        grouped.setdefault(promise.principle.number, (promise.principle, []))[1].append(promise)
    signed = session.exec(
        select(Signature, Partner.name)
        .join(Partner, col(Partner.slug) == col(Signature.partner))
        .where(Signature.edition == edition.number)
        .order_by(col(Signature.signed_on), col(Partner.position))
    )
    return Charter(edition, [grouped[number] for number in sorted(grouped)], signed.all())


def _promises(session: Session, where: sa.ColumnElement[bool]) -> list[Promise]:
    rows = session.exec(
        select(Wording, Principle, Edition.sample)
        .join(Principle, col(Principle.number) == col(Wording.principle))
        .join(Edition, col(Edition.number) == col(Wording.edition))
        .where(where)
        .order_by(col(Wording.commitment))
    ).all()
    makers: dict[tuple[int, int], list[MakerSeen]] = defaultdict(list)
    for maker, name in session.exec(
        select(Maker, Partner.name)
        .join(Partner, col(Partner.slug) == col(Maker.partner))
        .join(Wording, _same_wording(Maker))
        .where(where)
        .order_by(col(Partner.position))
    ):
        makers[maker.edition, maker.commitment].append(MakerSeen(maker.partner, name, maker.says, maker.condition))
    twins: dict[tuple[int, int], list[Twin]] = defaultdict(list)
    for twin in session.exec(select(Twin).join(Wording, _same_wording(Twin)).where(where).order_by(col(Twin.language))):
        twins[twin.edition, twin.commitment].append(twin)
    return [
        Promise(
            wording, principle, sample,
            tuple(makers[wording.edition, wording.commitment]), tuple(twins[wording.edition, wording.commitment]),
        )
        for wording, principle, sample in rows
    ]  # fmt: skip


def _same_wording(of: type[Maker] | type[Twin]) -> sa.ColumnElement[bool]:
    return (col(Wording.edition) == col(of.edition)) & (col(Wording.commitment) == col(of.commitment))
