"""The verbs of a ballot before its count: freeze it, put people on its roll, take their envelopes."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, select, update

from pyramid_app.ballots import queries
from pyramid_app.ballots.models import Ballot, Envelope, RollEntry, SealKey
from pyramid_app.ballots.queries import Box, Place
from pyramid_app.ballots.rules import Did, Roll
from pyramid_app.ballots.sealing import Answers, Carried, seal
from pyramid_app.base.db import insert_new, table
from pyramid_app.base.errors import Conflict, NotAllowed, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date

VOTED = Say("You have voted on this already. This vote is final, and your first one counts.")


class Cast(StrEnum):
    """What became of an envelope."""

    FIRST = "first"
    CHANGED = "changed"


def freeze(
    work: Work,
    about: str,
    roll: Roll,
    opens_at: datetime,
    closes_at: datetime,
    rules_digest: str,
    envelope_size: int,
    *,
    final: bool = False,
) -> Ballot:
    """A box with a key of its own. From here on nothing about it changes but who is on its roll and what is in it.

    ``final``: whoever has put an envelope in cannot put another in its place.

    Raises ``Conflict`` where no key lies ready: the scheduler makes them.
    """
    # SKIP LOCKED: two officers who schedule at the same moment take two keys.
    key = work.session.exec(
        select(SealKey)
        .where(col(SealKey.ballot_id).is_(None))
        .order_by(col(SealKey.made_at), col(SealKey.name))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if key is None:
        raise Conflict(Say("There is no key ready to seal the answers. The scheduler makes new ones each minute."
                           " Please try again in a minute."))  # fmt: skip
    ballot = Ballot(
        id=secrets.token_bytes(16), about=about, roll=roll, key_name=key.name, envelope_size=envelope_size,
        rules_digest=rules_digest, frozen_at=work.now, opens_at=opens_at, closes_at=closes_at, final=final,
    )  # fmt: skip
    key.ballot_id = ballot.id
    work.session.add(ballot)
    work.session.flush()
    work.record(Did.FROZEN, f"ballot:{ballot.id.hex()}", about=about, key=key.name, rules=rules_digest)
    return ballot


def enrol(work: Work, ballot_id: bytes, person_id: UUID, *, joined_while_open: bool = False) -> RollEntry:
    """This person's place on the roll: the one that is there, or a new one.

    A fixed roll is who stood so when it opened, whoever writes it down: it refuses those who joined later.
    """
    ballot = lock(work.session, ballot_id)
    entry = queries.find_entry(work.session, ballot_id, person_id)
    if entry is not None:
        return entry
    _refuse_late_entry(work, ballot, joined_while_open)
    entry = RollEntry(
        id=secrets.token_bytes(16), ballot_id=ballot_id, person_id=person_id, joined_while_open=joined_while_open
    )
    work.session.add(entry)
    work.session.flush()
    return entry


def enrol_all(work: Work, ballot_id: bytes, people: Collection[UUID]) -> None:
    """Put everybody on the roll who is not on it yet."""
    ballot = lock(work.session, ballot_id)
    there = set(
        work.session.exec(
            select(RollEntry.person_id).where(RollEntry.ballot_id == ballot_id, col(RollEntry.person_id).in_(people))
        )
    )
    missing = [person for person in people if person not in there]
    if missing:
        _refuse_late_entry(work, ballot, joined_while_open=False)
    for person in missing:
        work.session.add(RollEntry(id=secrets.token_bytes(16), ballot_id=ballot_id, person_id=person))
    work.session.flush()


def cast(
    work: Work,
    ballot_id: bytes,
    person_id: UUID,
    answers: Answers,
    joined_while_open: Callable[[], bool] | None = None,
) -> Cast:
    """Seal answers, which the caller has checked, and put the envelope in; an earlier one is replaced.

    ``joined_while_open`` is asked only about somebody who is not on the roll yet, and puts her on it in the same act;
    without it she is refused. Casting writes no audit row: a time beside a person is a link (``reliability.md`` 2.9).
    """
    box = queries.hold_box(work.session, ballot_id)
    _refuse_unless_open(work, box)
    place = queries.find_place(work.session, ballot_id, person_id, hold=True)
    if place is None:
        if joined_while_open is None:
            raise NotAllowed(Say("You are not on the list of people who were asked this."))
        place = _new_place(work, box, person_id, joined_while_open())
    _refuse_second(box, place.answered)
    sealed = seal(box.public, ballot_id, place.roll, answers, box.envelope_size)
    return _put_in(work.session, ballot_id, place, sealed, final=box.final)


def cast_carried(work: Work, ballot_id: bytes, person_id: UUID, carried: Carried) -> Cast:
    """Put in an envelope that was sealed before it was known whose it is; the caller has read and checked it.

    Somebody who is on the roll already takes the new place, and the old envelope goes, in the same act.
    """
    ballot = lock(work.session, ballot_id)
    _refuse_unless_open(work, ballot)
    if not carried.good_at(work.now):
        raise Conflict(Say("This page was open for too long. Please answer again. It is quick."))
    entry = queries.find_entry(work.session, ballot_id, person_id)
    if entry is None:
        raise NotAllowed(Say("You are not on the list of people who were asked this."))
    taken = work.session.get(RollEntry, carried.roll)
    if taken is not None and taken.id != entry.id:
        raise Conflict(Say("This answer has been sent already, by somebody else. Please answer again yourself."))
    answered = queries.has_answered(work.session, ballot_id, person_id)
    _refuse_second(ballot, answered)
    if taken is None:
        _move_to(work.session, ballot_id, entry, carried.roll)
    place = queries.Place(carried.roll, answered=answered and taken is not None)
    _put_in(work.session, ballot_id, place, carried.box, final=ballot.final)
    return Cast.CHANGED if answered else Cast.FIRST


def extend(work: Work, ballot_id: bytes, closes_at: datetime) -> None:
    """The close moves, later only; the caller has the reason. A box that is being counted stays as it is."""
    ballot = lock(work.session, ballot_id)
    if (
        ballot.counting_at is not None
        or ballot.withdrawn_at is not None
        or closes_at <= max(ballot.closes_at, work.now)
    ):
        raise Conflict(Say("It can only be moved to a later time, before it is counted."))
    ballot.closes_at = closes_at
    work.record(Did.EXTENDED, f"ballot:{ballot_id.hex()}", until=closes_at.isoformat())


def withdraw(work: Work, ballot_id: bytes) -> None:
    """Every envelope is destroyed unopened, and none can come in any more; the scheduler destroys the key."""
    ballot = lock(work.session, ballot_id)
    if ballot.counting_at is not None:
        raise Conflict(Say("This is being counted. It can't be taken back any more."))
    work.session.exec(delete(Envelope).where(col(Envelope.ballot_id) == ballot_id))
    ballot.withdrawn_at = work.now
    work.record(Did.WITHDRAWN, f"ballot:{ballot_id.hex()}", key=ballot.key_name)


def digest_roll(work: Work, ballot_id: bytes) -> str:
    """Write today's fingerprint of the roll into the log: whoever is put on it behind our back tomorrow shows."""
    ballot = lock(work.session, ballot_id)
    ballot.roll_digested_on = london_date(work.now)
    digest = queries.digest_of_roll(work.session, ballot_id)
    work.record(Did.ROLL_DIGESTED, f"ballot:{ballot_id.hex()}", roll=digest)
    return digest


def lock(session: Session, ballot_id: bytes) -> Ballot:
    """The ballot, with its row held until the act ends: enrolling and counting take turns here, and wait for casters.

    SQLite knows no row locks; there the whole act holds the database.
    """
    ballot = session.get(Ballot, ballot_id, with_for_update=True, populate_existing=True)
    if ballot is None:
        raise NotFound
    return ballot


def _refuse_unless_open(work: Work, ballot: Ballot | Box) -> None:
    if work.now < ballot.opens_at:
        raise NotAllowed(Say("This is not open yet. It opens on {at}.", at=ballot.opens_at))
    if ballot.withdrawn_at is not None:
        raise NotAllowed(Say("We took this question back."))
    if ballot.closes_at <= work.now or ballot.counting_at is not None:
        raise NotAllowed(Say("This question closed on {at}.", at=ballot.closes_at))


def _refuse_late_entry(work: Work, ballot: Ballot | Box, joined_while_open: bool) -> None:
    if ballot.closes_at <= work.now or ballot.counting_at is not None:
        raise NotAllowed(Say("This question closed on {at}.", at=ballot.closes_at))
    if ballot.roll is Roll.FIXED and joined_while_open:
        raise NotAllowed(Say("Only people who had joined before {at} can answer this.", at=ballot.opens_at))


def _move_to(session: Session, ballot_id: bytes, entry: RollEntry, roll: bytes) -> None:
    session.exec(delete(Envelope).where(col(Envelope.ballot_id) == ballot_id, col(Envelope.roll_id) == entry.id))
    # The entry's name itself changes: said to the database, not to the object, which is left behind.
    session.exec(
        update(RollEntry)
        .where(col(RollEntry.id) == entry.id)
        .values(id=roll)
        .execution_options(synchronize_session=False)
    )
    session.expunge(entry)


def _new_place(work: Work, box: Box, person_id: UUID, joined_while_open: bool) -> Place:
    _refuse_late_entry(work, box, joined_while_open)
    values = {"ballot_id": box.id, "person_id": person_id, "joined_while_open": joined_while_open}
    insert_new(work.session, table(RollEntry), id=secrets.token_bytes(16), **values)
    place = queries.find_place(work.session, box.id, person_id, hold=True)
    assert place is not None  # noqa: S101  hers, or the one that another press of hers has written meanwhile
    return place


def _refuse_second(ballot: Ballot | Box, answered: bool) -> None:
    if ballot.final and answered:
        raise NotAllowed(VOTED)


def _put_in(session: Session, ballot_id: bytes, place: Place, sealed: bytes, *, final: bool) -> Cast:
    row = {"ballot_id": ballot_id, "roll_id": place.roll, "sealed": sealed}
    if not place.answered and insert_new(session, _envelope, **row):
        return Cast.FIRST
    if final:
        # Another press of hers has put one in while this one waited.
        raise NotAllowed(VOTED)
    session.execute(_REPLACE, {"ballot": ballot_id, "roll": place.roll, "sealed": sealed})
    return Cast.CHANGED


_envelope = table(Envelope)
_REPLACE = (
    update(_envelope)
    .where(_envelope.c.ballot_id == bindparam("ballot"), _envelope.c.roll_id == bindparam("roll"))
    .values(sealed=bindparam("sealed"))
)
