"""Looking at ballots and rolls. Nothing here opens an envelope or counts them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from pyramid_app.ballots.models import Ballot, Envelope, RollEntry, SealKey
from pyramid_app.ballots.sealing import Carried
from pyramid_app.base.errors import NotFound
from pyramid_app.kit.disclosure import Count


def find_ballot(session: Session, ballot_id: bytes) -> Ballot | None:
    return session.get(Ballot, ballot_id)


def get_ballot(session: Session, ballot_id: bytes) -> Ballot:
    ballot = find_ballot(session, ballot_id)
    if ballot is None:
        raise NotFound
    return ballot


def public_key(session: Session, ballot: Ballot) -> bytes:
    """What envelopes of this ballot are sealed to."""
    return session.get_one(SealKey, ballot.key_name).public


def find_entry(session: Session, ballot_id: bytes, person_id: UUID) -> RollEntry | None:
    return session.exec(
        select(RollEntry).where(RollEntry.ballot_id == ballot_id, RollEntry.person_id == person_id)
    ).first()


def people_on_roll(session: Session, ballot_id: bytes) -> list[UUID]:
    """Everybody who was asked, whether they answered or not."""
    found = select(RollEntry.person_id).where(RollEntry.ballot_id == ballot_id).order_by(col(RollEntry.person_id))
    return list(session.exec(found))


def person_of(session: Session, roll: bytes) -> UUID:
    """Whose place on a roll this is: only for somebody who asked, inside her envelope, to be known."""
    return session.get_one(RollEntry, roll).person_id


def has_answered(session: Session, ballot_id: bytes, person_id: UUID) -> bool:
    """For this person's own page only. Until the count, "has answered" is "an envelope exists"."""
    return ballot_id in answered_of(session, [ballot_id], person_id)


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
    """Keys whose box has been counted or taken back: their private halves must not exist."""
    over = col(Ballot.counted_at).is_not(None) | col(Ballot.withdrawn_at).is_not(None)
    return set(session.exec(select(Ballot.key_name).where(over)))
