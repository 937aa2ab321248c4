"""Opening the box: begun under the ballot's lock, read without any, finished in one act.

Killed anywhere, it starts again. Nothing here knows what an answer means: the caller checks and adds up.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlmodel import Session, col, delete, select

from pyramid_app.ballots import keys
from pyramid_app.ballots.models import Ballot, Envelope, RollEntry
from pyramid_app.ballots.queries import get_ballot
from pyramid_app.ballots.rules import Did
from pyramid_app.ballots.sealing import Spoilt, unseal
from pyramid_app.ballots.service import lock
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class Opened:
    """What was in the box, in no order that means anything; ``spoilt``: how many envelopes could not be counted."""

    answers: list[dict[str, list[str]]]
    spoilt: int


@dataclass(frozen=True)
class Counted:
    """The numbers of a finished count, for the caller to store. On a page they go through ``disclosure``."""

    on_roll: int
    answered: int
    joined_while_open: int
    spoilt: int


def begin_counting(work: Work, ballot_id: bytes) -> None:
    """From here on no envelope can come in or change, whatever any clock says. Raises ``Conflict`` before close."""
    ballot = lock(work.session, ballot_id)
    if work.now < ballot.closes_at:
        raise Conflict(Say("This is still open. It closes on {at}.", at=ballot.closes_at))
    if ballot.counting_at is None:
        ballot.counting_at = work.now
        work.record(Did.COUNTING, f"ballot:{ballot_id.hex()}", box=box_digest(work.session, ballot_id))


def box_digest(session: Session, ballot_id: bytes) -> str:
    """One fingerprint of all sealed envelopes: what is counted is what lay in the box at close."""
    whole = sha256()
    for envelope in _envelopes(session, ballot_id):
        whole.update(envelope.roll_id + sha256(envelope.sealed).digest())
    return whole.hexdigest()


def open_box(session: Session, ballot_id: bytes, keys_folder: Path) -> Opened:
    """Unseal everything, Raises ``Conflict`` before ``begin_counting`` and without the key."""
    ballot = get_ballot(session, ballot_id)
    if ballot.counting_at is None or ballot.counted_at is not None:
        raise Conflict(Say("This box cannot be opened now."))
    private = keys.read_private(keys_folder, ballot.key_name)
    answers, spoilt = [], 0
    rolls = set(session.exec(select(RollEntry.id).where(RollEntry.ballot_id == ballot_id)))
    for envelope in _envelopes(session, ballot_id):
        try:
            if envelope.roll_id not in rolls:
                raise Spoilt("nobody on the roll")
            answers.append(unseal(private, envelope.sealed, ballot_id, envelope.roll_id))
        except Spoilt:
            spoilt += 1
    return Opened(answers, spoilt)


def finish(work: Work, ballot_id: bytes, spoilt: int) -> Counted | None:
    """Note who took part, for all in one act, and let the envelopes go; ``None`` if that was done before.

    The caller stores its result in the same act and destroys the key file after the commit.
    """
    ballot = lock(work.session, ballot_id)
    if ballot.counting_at is None:
        raise Conflict(Say("This box has not been opened."))
    if ballot.counted_at is not None:
        return None
    counted = _note_who_took_part(work.session, ballot, spoilt)
    box = box_digest(work.session, ballot_id)
    work.session.exec(delete(Envelope).where(col(Envelope.ballot_id) == ballot_id))
    ballot.counted_at, ballot.spoilt = work.now, spoilt
    work.record(Did.COUNTED, f"ballot:{ballot_id.hex()}", box=box, rules=ballot.rules_digest, key=ballot.key_name)
    return counted


def destroy_key(session: Session, ballot_id: bytes, keys_folder: Path) -> None:
    """After the commit of ``finish``: from now on nobody can open a copy of an envelope that a backup may hold."""
    ballot = get_ballot(session, ballot_id)
    if ballot.counted_at is None:
        raise Conflict(Say("This box has not been counted."))
    keys.destroy(keys_folder, ballot.key_name)


def _note_who_took_part(session: Session, ballot: Ballot, spoilt: int) -> Counted:
    kept = set(session.exec(select(Envelope.roll_id).where(Envelope.ballot_id == ballot.id)))
    entries = session.exec(select(RollEntry).where(RollEntry.ballot_id == ballot.id)).all()
    for entry in entries:
        entry.took_part = entry.id in kept
    answered = [entry for entry in entries if entry.took_part]
    return Counted(len(entries), len(answered), sum(entry.joined_while_open for entry in answered), spoilt)


def _envelopes(session: Session, ballot_id: bytes) -> list[Envelope]:
    """In the order of their random names, which says nothing about when they came."""
    return list(session.exec(select(Envelope).where(Envelope.ballot_id == ballot_id).order_by(col(Envelope.roll_id))))
