"""Opening the box: begun under the ballot's lock, read without any, finished in one act.

Killed anywhere, it starts again. Nothing here knows what an answer means: the caller checks and adds up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from nacl.public import PrivateKey
from sqlmodel import Session, col, delete, func, select, update

from pyramid_app.ballots import keys
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.ballots.queries import get_ballot
from pyramid_app.ballots.rules import Did
from pyramid_app.ballots.sealing import Spoilt, unseal
from pyramid_app.ballots.service import lock
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say

AT_ONCE = 500
"""Envelopes in memory at a time."""


@dataclass(frozen=True)
class Opened:
    """One envelope; ``answers`` is ``None`` where it could not be counted."""

    roll: bytes
    answers: dict[str, list[str]] | None


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
    if ballot.withdrawn_at is not None:
        raise Conflict(Say("This was withdrawn. Its box is never opened."))
    if ballot.counting_at is None:
        ballot.counting_at = work.now
        work.record(Did.COUNTING, f"ballot:{ballot_id.hex()}")


class OpenBox:
    """All envelopes of a box, a few at a time, in the order of their random names, which tells nothing.

    Raises ``Conflict`` before ``begin_counting`` and without the key. ``digest``, once all were read, is one
    fingerprint of everything sealed: what is counted is what lay in the box at close.
    """

    def __init__(self, session: Session, ballot_id: bytes, keys_folder: Path) -> None:
        ballot = get_ballot(session, ballot_id)
        if ballot.counting_at is None or ballot.counted_at is not None:
            raise Conflict(Say("This box cannot be opened now."))
        self._session, self.ballot_id = session, ballot_id
        self._private = keys.read_private(keys_folder, ballot.key_name)
        self._whole = sha256()
        here = select(func.count()).select_from(Envelope).where(Envelope.ballot_id == ballot_id)
        self.total = session.exec(here).one()

    def __iter__(self) -> Iterator[Opened]:
        on_roll = (col(RollEntry.id) == col(Envelope.roll_id)) & (col(RollEntry.ballot_id) == col(Envelope.ballot_id))
        everything = (
            sa.select(col(Envelope.roll_id), col(Envelope.sealed), col(RollEntry.id))
            .join(RollEntry, on_roll, isouter=True)
            .where(col(Envelope.ballot_id) == self.ballot_id)
            .order_by(col(Envelope.roll_id))
            .execution_options(yield_per=AT_ONCE)
        )
        for roll, sealed, entry in self._session.execute(everything):
            self._whole.update(roll + sha256(sealed).digest())
            yield Opened(roll, _open(self._private, sealed, self.ballot_id, roll) if entry else None)

    @property
    def digest(self) -> str:
        return self._whole.hexdigest()


def _open(private: PrivateKey, sealed: bytes, ballot_id: bytes, roll: bytes) -> dict[str, list[str]] | None:
    try:
        return unseal(private, sealed, ballot_id, roll)
    except Spoilt:
        return None


def finish(work: Work, box: OpenBox, spoilt: int) -> Counted | None:
    """Note who took part, for all in one act, and let the envelopes go; ``None`` if that was done before.

    The caller stores its result in the same act and destroys the key file after the commit. Raises ``Conflict`` if
    somebody with the database has put envelopes in or taken them out since ``box`` was opened.
    """
    ballot = lock(work.session, box.ballot_id)
    if ballot.counted_at is not None:
        return None
    counted = _note_who_took_part(work.session, ballot.id, spoilt)
    gone = work.session.exec(delete(Envelope).where(col(Envelope.ballot_id) == ballot.id))
    if gone.rowcount != box.total:
        raise Conflict(Say("The box changed while it was counted. It is counted again."))
    ballot.counted_at, ballot.spoilt = work.now, spoilt
    facts = {"box": box.digest, "rules": ballot.rules_digest, "key": ballot.key_name}
    work.record(Did.COUNTED, f"ballot:{ballot.id.hex()}", **facts)
    return counted


def destroy_key(session: Session, ballot_id: bytes, keys_folder: Path) -> None:
    """After the commit of ``finish``: from now on nobody can open a copy of an envelope that a backup may hold."""
    ballot = get_ballot(session, ballot_id)
    if ballot.counted_at is None:
        raise Conflict(Say("This box has not been counted."))
    keys.destroy(keys_folder, ballot.key_name)


def _note_who_took_part(session: Session, ballot_id: bytes, spoilt: int) -> Counted:
    """For a hundred thousand people as fast as for ten: the database does it, no row comes here."""
    kept = sa.exists().where(col(Envelope.ballot_id) == ballot_id, col(Envelope.roll_id) == col(RollEntry.id))
    mine = col(RollEntry.ballot_id) == ballot_id
    session.exec(update(RollEntry).where(mine).values(took_part=kept).execution_options(synchronize_session=False))
    took, joined = col(RollEntry.took_part).is_(True), col(RollEntry.joined_while_open).is_(True)
    one = sa.literal(1)
    numbers = sa.select(
        func.count(), func.count(sa.case((took, one))), func.count(sa.case((took & joined, one)))
    ).where(mine)
    on_roll, answered, joined_while_open = session.execute(numbers).one()
    return Counted(on_roll, answered, joined_while_open, spoilt)
