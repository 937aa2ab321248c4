"""Looking at ballots and rolls. Nothing here opens an envelope or counts them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel import Session, col, select

from pyramid_app.ballots.models import Ballot, Envelope, RollEntry, SealKey
from pyramid_app.ballots.rules import Roll
from pyramid_app.ballots.sealing import Carried
from pyramid_app.base.db import table
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.disclosure import Count


def find_ballot(session: Session, ballot_id: bytes) -> Ballot | None:
    return session.get(Ballot, ballot_id)


def get_ballot(session: Session, ballot_id: bytes) -> Ballot:
    ballot = find_ballot(session, ballot_id)
    if ballot is None:
        raise NotFound
    return ballot


@dataclass(frozen=True)
class Box:
    """A ballot as a caster meets it: when it is open, and what to seal with."""

    id: bytes
    roll: Roll
    envelope_size: int
    opens_at: datetime
    closes_at: datetime
    counting_at: datetime | None
    withdrawn_at: datetime | None
    final: bool
    public: bytes


@dataclass(frozen=True)
class Place:
    """Somebody's place on a roll, and whether an envelope lies there, or lay there when it was counted.

    ``waits``: the desk looks at it before the count; ``set_aside``: it has, and this envelope would not be counted.
    """

    roll: bytes
    answered: bool
    waits: bool = False
    set_aside: bool = False


_ballot, _entry, _envelope, _key = (table(model) for model in (Ballot, RollEntry, Envelope, SealKey))
_BOX = (
    sa.select(
        _ballot.c.id, _ballot.c.roll, _ballot.c.envelope_size, _ballot.c.opens_at, _ballot.c.closes_at,
        _ballot.c.counting_at, _ballot.c.withdrawn_at, _ballot.c.final, _key.c.public,
    )
    .join(_key, _key.c.name == _ballot.c.key_name)
    .where(_ballot.c.id == sa.bindparam("ballot"))
    .with_for_update(read=True, of=_ballot)
)  # fmt: skip
_PLACE = (
    sa.select(
        _entry.c.id, _envelope.c.roll_id.is_not(None) | _entry.c.took_part.is_(True), _entry.c.waits, _entry.c.set_aside
    )
    .join(
        _envelope,
        (_envelope.c.ballot_id == _entry.c.ballot_id) & (_envelope.c.roll_id == _entry.c.id),
        isouter=True,
    )
    .where(_entry.c.ballot_id == sa.bindparam("ballot"), _entry.c.person_id == sa.bindparam("person"))
)
_PLACE_HELD = _PLACE.with_for_update(key_share=True, of=_entry)


def hold_box(session: Session, ballot_id: bytes) -> Box:
    """The box of a ballot, held until the act ends: casters hold it together, and whoever counts waits for them all.

    SQLite: the whole act holds the database.
    """
    found = session.execute(_BOX, {"ballot": ballot_id}).one_or_none()
    if found is None:
        raise NotFound
    return Box(*found)


def find_place(session: Session, ballot_id: bytes, person_id: UUID, *, hold: bool = False) -> Place | None:
    """Where this person's envelope belongs. ``hold``, once the box is held: until the act ends, nobody else puts one
    there, and another press of hers waits (its ``answered`` may be older than the wait)."""
    asked = _PLACE_HELD if hold else _PLACE
    found = session.execute(asked, {"ballot": ballot_id, "person": person_id}).one_or_none()
    return Place(*found) if found else None


def public_key(session: Session, ballot: Ballot) -> bytes:
    """What envelopes of this ballot are sealed to."""
    return session.get_one(SealKey, ballot.key_name).public


def find_entry(session: Session, ballot_id: bytes, person_id: UUID) -> RollEntry | None:
    return session.exec(
        select(RollEntry).where(RollEntry.ballot_id == ballot_id, RollEntry.person_id == person_id)
    ).first()


def entries_marked(session: Session, ballot_id: bytes, marks: Collection[str]) -> dict[str, RollEntry]:
    """Whose place these marks are on, as far as they are on any, by mark."""
    if not marks:
        return {}
    found = select(RollEntry).where(RollEntry.ballot_id == ballot_id, col(RollEntry.mark).in_(marks))
    return {entry.mark: entry for entry in session.exec(found.execution_options(populate_existing=True)) if entry.mark}


def people_on_roll(session: Session, ballot_id: bytes) -> list[UUID]:
    """Everybody who was asked, whether they answered or not."""
    found = select(RollEntry.person_id).where(RollEntry.ballot_id == ballot_id).order_by(col(RollEntry.person_id))
    return list(session.exec(found))


def digest_of_roll(session: Session, ballot_id: bytes) -> str:
    """One fingerprint of who is on the roll: not of their places, which answering by a code may change."""
    whole = sha256(ballot_id)
    found = (
        select(RollEntry.person_id)
        .where(RollEntry.ballot_id == ballot_id)
        .order_by(col(RollEntry.person_id))
        .execution_options(yield_per=1000)
    )
    for person_id in session.exec(found):
        whole.update(person_id.bytes)
    return whole.hexdigest()


def to_digest(session: Session, now: datetime, today: date) -> list[bytes]:
    """Ballots that are open and whose roll has not been digested today."""
    day = col(Ballot.roll_digested_on)
    found = (
        select(Ballot.id)
        .where(col(Ballot.opens_at) <= now, col(Ballot.closes_at) > now, col(Ballot.withdrawn_at).is_(None))
        .where(day.is_(None) | (day < today))
        .order_by(col(Ballot.id))
    )
    return list(session.exec(found))


def person_of(session: Session, roll: bytes) -> UUID:
    """Whose place on a roll this is: only for somebody who asked, inside her envelope, to be known."""
    return session.get_one(RollEntry, roll).person_id


def waits(session: Session, roll: bytes) -> bool:
    """Whether the desk has to look at this place before its envelope is counted."""
    return bool(session.exec(select(RollEntry.waits).where(RollEntry.id == roll)).first())


def has_answered(session: Session, ballot_id: bytes, person_id: UUID) -> bool:
    """For this person's own page only. Until the count, "has answered" is "an envelope exists"."""
    place = find_place(session, ballot_id, person_id)
    return place is not None and place.answered


def answered_of(session: Session, ballots: Collection[bytes], person_id: UUID) -> set[bytes]:
    """Which of these ballots this person has answered, in one query; for this person's own page only."""
    if not ballots:
        return set()
    kept = (col(Envelope.ballot_id) == col(RollEntry.ballot_id)) & (col(Envelope.roll_id) == col(RollEntry.id))
    found = session.exec(
        select(RollEntry.ballot_id)
        .join(Envelope, kept, isouter=True)
        .where(
            RollEntry.person_id == person_id,
            col(RollEntry.ballot_id).in_(ballots),
            col(Envelope.roll_id).is_not(None) | col(RollEntry.took_part).is_(True),
        )
    )
    return set(found)


def answered_among(session: Session, ballot_id: bytes, people: Collection[UUID]) -> set[UUID]:
    """Who of these people has an envelope here. For the scheduler only: it writes to nobody who has answered."""
    kept = (col(Envelope.ballot_id) == col(RollEntry.ballot_id)) & (col(Envelope.roll_id) == col(RollEntry.id))
    found = session.exec(
        select(RollEntry.person_id)
        .join(Envelope, kept)
        .where(RollEntry.ballot_id == ballot_id, col(RollEntry.person_id).in_(people))
    )
    return set(found)


def lies_in_box(session: Session, ballot_id: bytes, carried: Carried) -> bool:
    """Whether this very envelope has been put in; only its own page can ask."""
    envelope = session.get(Envelope, (ballot_id, carried.roll))
    return envelope is not None and envelope.sealed == carried.box


def waiting_by_network(session: Session, ballot_id: bytes) -> dict[str, Count]:
    """How many places wait for the desk, by the keyed mark of day and network; without one: ``""``."""
    network = func.coalesce(col(RollEntry.network), "")
    waiting = select(network, func.count()).where(RollEntry.ballot_id == ballot_id, col(RollEntry.waits))
    return {mark: Count(number) for mark, number in session.exec(waiting.group_by(network).order_by(network))}


def ballots_that_wait(session: Session) -> set[bytes]:
    """Ballots on whose roll somebody waits for the desk."""
    return set(session.exec(select(RollEntry.ballot_id).where(col(RollEntry.waits)).distinct()))


def took_part(session: Session, ballot_id: bytes) -> set[UUID]:
    """Who answered; empty until the count."""
    found = session.exec(
        select(RollEntry.person_id).where(RollEntry.ballot_id == ballot_id, col(RollEntry.took_part).is_(True))
    )
    return set(found)


def count_roll(session: Session, ballot_id: bytes) -> Count:
    """How many people may answer, as far as they have been asked or have answered."""
    return Count(session.exec(select(func.count()).where(RollEntry.ballot_id == ballot_id)).one())


def spare_keys(session: Session) -> list[SealKey]:
    """Key pairs that no ballot has taken yet, oldest first."""
    return list(
        session.exec(
            select(SealKey).where(col(SealKey.ballot_id).is_(None)).order_by(col(SealKey.made_at), col(SealKey.name))
        )
    )


def names_of_keys(session: Session) -> set[str]:
    return set(session.exec(select(SealKey.name)))


def names_of_used_keys(session: Session) -> set[str]:
    """Keys whose box has been counted and emptied, or taken back: their private halves must not exist."""
    return set(session.exec(select(Ballot.key_name).where(_over_clause())))


def names_of_needed_keys(session: Session) -> set[str]:
    """Keys of every other box: without their private halves nobody can count it."""
    return set(session.exec(select(Ballot.key_name).where(~_over_clause())))


def _over_clause() -> sa.ColumnElement[bool]:
    left = select(Envelope.roll_id).where(Envelope.ballot_id == Ballot.id).exists()
    return (col(Ballot.counted_at).is_not(None) & ~left) | col(Ballot.withdrawn_at).is_not(None)
