"""Opening the box: begun under the ballot's lock, read without any, finished in one short act, emptied bit by bit.

Killed anywhere, it starts again. Nothing here knows what an answer means: the caller checks and adds up. No act is
longer for a hundred thousand envelopes than for ten, so that families can go on answering other questions.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

import sqlalchemy as sa
from nacl.public import PrivateKey
from sqlmodel import Session, col, delete, func, select, update

from pyramid_app.ballots import keys, newcomers
from pyramid_app.ballots.models import Ballot, Envelope, RollEntry
from pyramid_app.ballots.queries import get_ballot
from pyramid_app.ballots.rules import Did
from pyramid_app.ballots.sealing import Spoilt, unseal
from pyramid_app.ballots.service import lock
from pyramid_app.base.errors import Conflict
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.kit.say import Say

AT_ONCE = 500
"""Envelopes in memory, or in one act, at a time."""


@dataclass(frozen=True)
class Opened:
    """One envelope; ``answers`` is ``None`` where it could not be counted. ``late``: its owner joined while the box
    was open."""

    roll: bytes
    answers: dict[str, list[str]] | None
    late: bool = False


@dataclass(frozen=True)
class Counted:
    """The numbers of a finished count. On a page they go through ``disclosure``.

    ``joined_while_open``: of those who answered; ``stood``: of those on the roll, who had joined before. ``rang``:
    more people than usual joined while it was open. Places that were set aside stand in ``set_aside`` alone.
    """

    on_roll: int
    stood: int
    answered: int
    joined_while_open: int
    spoilt: int
    rang: bool
    set_aside: int = 0


def begin_counting(work: Work, ballot_id: bytes) -> None:
    """From here on no envelope can come in or change, whatever any clock says, and what still waits for the desk is set
    aside. Raises ``Conflict`` before close."""
    ballot = lock(work.session, ballot_id)
    if work.now < ballot.closes_at:
        raise Conflict(Say("This is still open. It closes on {at}.", at=ballot.closes_at))
    if ballot.withdrawn_at is not None:
        raise Conflict(Say("This was withdrawn. Its box is never opened."))
    if ballot.counting_at is None:
        newcomers.set_aside_rest(work, ballot)
        ballot.counting_at = work.now
        work.record(Did.COUNTING, f"ballot:{ballot_id.hex()}")


class OpenBox:
    """All envelopes of a box, a few at a time, in the order of their random names, which tells nothing; but for those
    whose place was set aside.

    Raises ``Conflict`` before ``begin_counting`` and without the key, so for good once ``empty`` has begun. ``digest``,
    once all were read, is one fingerprint of everything sealed: what is counted is what lay in the box at close.
    """

    def __init__(self, session: Session, ballot_id: bytes, keys_folder: Path) -> None:
        ballot = get_ballot(session, ballot_id)
        if ballot.counting_at is None:
            raise Conflict(Say("This box cannot be opened now."))
        self._session, self.ballot_id = session, ballot_id
        self._private = keys.read_private(keys_folder, ballot.key_name)
        self._whole = sha256()
        here = select(func.count()).select_from(Envelope).where(Envelope.ballot_id == ballot_id)
        self.total = session.exec(here).one()

    def __iter__(self) -> Iterator[Opened]:
        on_roll = (col(RollEntry.id) == col(Envelope.roll_id)) & (col(RollEntry.ballot_id) == col(Envelope.ballot_id))
        everything = (
            sa.select(
                col(Envelope.roll_id), col(Envelope.sealed), col(RollEntry.joined_while_open), col(RollEntry.set_aside)
            )
            .join(RollEntry, on_roll, isouter=True)
            .where(col(Envelope.ballot_id) == self.ballot_id)
            .order_by(col(Envelope.roll_id))
            .execution_options(yield_per=AT_ONCE)
        )
        for roll, sealed, late, aside in self._session.execute(everything):
            self._whole.update(roll + sha256(sealed).digest())
            if aside:
                continue
            # No place on the roll: somebody with the database has put it in.
            answers = None if late is None else _open(self._private, sealed, self.ballot_id, roll)
            yield Opened(roll, answers, late=bool(late))

    @property
    def digest(self) -> str:
        return self._whole.hexdigest()

    def lot(self, name: bytes) -> bytes:
        """A number drawn for ``name``: the same each time, and nobody can draw it again once the key is destroyed."""
        return blake2b(name, key=bytes(self._private), person=b"lot").digest()

    def open_some(self, session: Session, rolls: Collection[bytes]) -> dict[bytes, dict[str, list[str]] | None]:
        """These envelopes again, by roll entry; those that are not there any more are left out."""
        found = select(Envelope).where(Envelope.ballot_id == self.ballot_id, col(Envelope.roll_id).in_(rolls))
        return {
            one.roll_id: _open(self._private, one.sealed, one.ballot_id, one.roll_id) for one in session.exec(found)
        }


def _open(private: PrivateKey, sealed: bytes, ballot_id: bytes, roll: bytes) -> dict[str, list[str]] | None:
    try:
        return unseal(private, sealed, ballot_id, roll)
    except Spoilt:
        return None


def note_who_took_part(begin: Begin, ballot_id: bytes) -> None:
    """Copy the one bit "an envelope lies here" to the roll, some in each act; again and again it comes to the same.

    Nobody can answer any more, so the marks of mailboxes go in the same acts.
    """
    here = sa.exists().where(col(Envelope.ballot_id) == ballot_id, col(Envelope.roll_id) == col(RollEntry.id))
    kept = here & col(RollEntry.set_aside).is_(False)
    with begin.looking() as session:
        names = session.exec(select(RollEntry.id).where(RollEntry.ballot_id == ballot_id)).all()
    for some in batches(names, AT_ONCE):
        with begin() as work:
            # By their names alone: told the ballot as well, SQLite would go through its whole roll each time.
            these = update(RollEntry).where(col(RollEntry.id).in_(some)).values(took_part=kept, mark=None)
            work.session.exec(these.execution_options(synchronize_session=False))


def finish(work: Work, box: OpenBox, spoilt: int) -> Counted | None:
    """The box is counted, once; ``None`` if that was done before. ``note_who_took_part`` comes first.

    The caller stores its result in the same act; envelopes and key stay until ``empty``. Raises ``Conflict`` if
    somebody with the database has put envelopes in or taken them out since ``box`` was opened.
    """
    ballot = lock(work.session, box.ballot_id)
    if ballot.counted_at is not None:
        return None
    here = select(func.count()).select_from(Envelope).where(Envelope.ballot_id == ballot.id)
    if work.session.exec(here).one() != box.total:
        raise Conflict(Say("The box changed while it was counted. It is counted again."))
    ballot.counted_at, ballot.spoilt = work.now, spoilt
    facts = {"box": box.digest, "rules": ballot.rules_digest, "key": ballot.key_name}
    work.record(Did.COUNTED, f"ballot:{ballot.id.hex()}", **facts)
    return _numbers(work.session, ballot, spoilt)


def empty(begin: Begin, ballot_id: bytes, keys_folder: Path) -> None:
    """After ``finish``, when nobody needs an envelope any more: the key goes first, then they go, some in each act.

    From the first moment on nobody can open a copy of an envelope that a backup may hold.
    """
    with begin.looking() as session:
        ballot = get_ballot(session, ballot_id)
        if ballot.counted_at is None:
            raise Conflict(Say("This box has not been counted."))
        keys.destroy(keys_folder, ballot.key_name)
    while _take_some_out(begin, ballot_id):
        pass
    begin.database.forget()


def counted_not_empty(session: Session) -> set[bytes]:
    """Boxes that are counted while envelopes still lie in them."""
    left = sa.exists().where(col(Envelope.ballot_id) == col(Ballot.id))
    return set(session.exec(select(Ballot.id).where(col(Ballot.counted_at).is_not(None), left)))


def _take_some_out(begin: Begin, ballot_id: bytes) -> int:
    """The first of what is left, as many as one act takes; returns how many."""
    mine, name = col(Envelope.ballot_id) == ballot_id, col(Envelope.roll_id)
    with begin.looking() as session:
        some = session.exec(select(name).where(mine).order_by(name).limit(AT_ONCE)).all()
    if some:
        with begin() as work:
            work.session.exec(delete(Envelope).where(mine, name <= some[-1]))
    return len(some)


def _numbers(session: Session, ballot: Ballot, spoilt: int) -> Counted:
    """The database counts, no row comes here."""
    took, joined = col(RollEntry.took_part).is_(True), col(RollEntry.joined_while_open).is_(True)
    one, aside = sa.literal(1), col(RollEntry.set_aside).is_(True)
    parts = (~aside, ~joined & ~aside, took, took & joined, aside)
    numbers = sa.select(*(func.count(sa.case((part, one))) for part in parts)).where(
        col(RollEntry.ballot_id) == ballot.id
    )
    on_roll, stood, answered, late, set_aside = session.execute(numbers).one()
    return Counted(on_roll, stood, answered, late, spoilt, ballot.rang_at is not None, set_aside)
