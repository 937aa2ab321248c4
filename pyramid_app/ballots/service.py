"""The verbs of a ballot before its count: freeze it, put people on its roll, take their envelopes."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
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

Gone = Callable[[Collection[UUID]], Collection[UUID]]

VOTED = Say("You have voted on this already. This vote is final, and your first one counts.")


class Cast(StrEnum):
    """What became of an envelope. ``WAITS``: it is in, and the desk looks at its place before the count."""

    FIRST = "first"
    CHANGED = "changed"
    WAITS = "waits"
    WAITS_CHANGED = "waits, changed"

    @property
    def waits(self) -> bool:
        return self in {Cast.WAITS, Cast.WAITS_CHANGED}

    @property
    def changed(self) -> bool:
        return self in {Cast.CHANGED, Cast.WAITS_CHANGED}


class MarkHeld(NotAllowed):
    """Each of her mailboxes has a place here already, and whoever has it is still here."""


@dataclass(frozen=True)
class Newcomer:
    """What the caller knows about somebody who has no place on a roll yet.

    ``marks``: keyed marks of the ballot and each mailbox of hers; empty if she has none. The first that is free becomes
    hers, or the place of somebody who has left and had that mailbox. ``gone`` tells who of some people has left.
    ``network``: a keyed mark of today and where she is. ``usual`` is asked once, where a new place is written for
    somebody who joined while it was open: whether no more come than usually do.
    """

    joined_while_open: bool
    marks: Sequence[str]
    gone: Gone
    network: str = ""
    usual: Callable[[], bool] = lambda: True


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


def enrol(work: Work, ballot_id: bytes, person_id: UUID, who: Newcomer) -> RollEntry:
    """This person's place on the roll: the one that is there, the one she had before she left, or a new one.

    A fixed roll is who stood so when it opened, whoever writes it down: it refuses those who joined later.
    Raises ``MarkHeld``; then nothing has been written.
    """
    ballot = lock(work.session, ballot_id)
    if queries.find_entry(work.session, ballot_id, person_id) is None:
        _make_place(work, ballot, person_id, who)
    entry = queries.find_entry(work.session, ballot_id, person_id)
    assert entry is not None  # noqa: S101  made above
    return entry


def enrol_all(work: Work, ballot_id: bytes, people: Mapping[UUID, Sequence[str]], gone: Gone) -> list[UUID]:
    """Put everybody on the roll who is not on it yet; ``people``: the marks of each, as ``Newcomer`` has them.

    Returns those who were left out because somebody else is there with each of their mailboxes.
    """
    ballot, session = lock(work.session, ballot_id), work.session
    there = set(
        session.exec(
            select(RollEntry.person_id).where(RollEntry.ballot_id == ballot_id, col(RollEntry.person_id).in_(people))
        )
    )
    missing = [person for person in people if person not in there]
    if missing:
        _refuse_late_entry(work, ballot, joined_while_open=False)
    held = queries.entries_marked(session, ballot_id, [mark for person in missing for mark in people[person]])
    left = set(gone({entry.person_id for entry in held.values()})) if held else set()
    kept_out = []
    for person in missing:
        mark = next((mark for mark in people[person] if mark not in held or held[mark].person_id in left), None)
        if people[person] and mark is None:
            kept_out.append(person)
        elif mark in held:
            held[mark].person_id = person
        else:
            entry = RollEntry(id=secrets.token_bytes(16), ballot_id=ballot_id, person_id=person, mark=mark)
            session.add(entry)
            held |= {mark: entry} if mark else {}
    session.flush()
    return kept_out


def cast(
    work: Work,
    ballot_id: bytes,
    person_id: UUID,
    answers: Answers,
    who: Callable[[], Newcomer] | None = None,
) -> Cast:
    """Seal answers, which the caller has checked, and put the envelope in; an earlier one is replaced.

    ``who`` is asked only about somebody who is not on the roll yet, and puts her on it in the same act; without it she
    is refused. Raises ``MarkHeld``; then nothing has been written. Casting writes no audit row: a time beside a person
    is a link (``reliability.md`` 2.9).
    """
    box = queries.hold_box(work.session, ballot_id)
    _refuse_unless_open(work, box)
    place = queries.find_place(work.session, ballot_id, person_id, hold=True)
    if place is None:
        if who is None:
            raise NotAllowed(Say("You are not on the list of people who were asked this."))
        place = _make_place(work, box, person_id, who())
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
    place = queries.Place(carried.roll, answered and taken is not None, entry.waits, entry.set_aside)
    if taken is None:
        _move_to(work.session, ballot_id, entry, carried.roll)
    done = _put_in(work.session, ballot_id, place, carried.box, final=ballot.final)
    return _outcome(changed=answered, waits=done.waits)


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
    work.session.exec(update(RollEntry).where(col(RollEntry.ballot_id) == ballot_id).values(mark=None, network=None))
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


def _make_place(work: Work, box: Ballot | Box, person_id: UUID, who: Newcomer) -> Place:
    """A new place, or the one that a mailbox of hers has kept; the database settles who of several comes first."""
    for mark in who.marks or (None,):
        held = queries.entries_marked(work.session, box.id, [mark] if mark else [])
        if not held:
            _insert_place(work, box, person_id, mark, who)
        elif who.gone([held[mark or ""].person_id]):
            _take_over(work.session, held[mark or ""], person_id)
        # Hers now, or the one that another press of hers has written meanwhile; none: somebody else was quicker.
        place = queries.find_place(work.session, box.id, person_id, hold=True)
        if place is not None:
            return place
    raise MarkHeld(Say("Somebody else with your address is on the list for this question."))


def _insert_place(work: Work, box: Ballot | Box, person_id: UUID, mark: str | None, who: Newcomer) -> None:
    _refuse_late_entry(work, box, who.joined_while_open)
    roll = secrets.token_bytes(16)
    written = insert_new(
        work.session, _entry, id=roll, ballot_id=box.id, person_id=person_id, mark=mark,
        joined_while_open=who.joined_while_open,
    )  # fmt: skip
    # Asked only by the press that wrote the place: a hundred of them are one newcomer.
    if written and who.joined_while_open and not who.usual():
        work.session.execute(update(_entry).where(_entry.c.id == roll).values(waits=True, network=who.network))


def _take_over(session: Session, entry: RollEntry, person_id: UUID) -> None:
    """The place of somebody who has left becomes that of whoever came back with her mailbox."""
    before = entry.person_id
    session.expunge(entry)
    session.exec(
        update(RollEntry)
        .where(col(RollEntry.id) == entry.id, col(RollEntry.person_id) == before)
        .values(person_id=person_id)
        .execution_options(synchronize_session=False)
    )


def _refuse_second(ballot: Ballot | Box, answered: bool) -> None:
    if ballot.final and answered:
        raise NotAllowed(VOTED)


def _put_in(session: Session, ballot_id: bytes, place: Place, sealed: bytes, *, final: bool) -> Cast:
    row = {"ballot_id": ballot_id, "roll_id": place.roll, "sealed": sealed}
    if place.set_aside:
        # Whoever answers again waits again: the desk may have been told meanwhile who she is.
        session.execute(update(_entry).where(_entry.c.id == place.roll).values(waits=True, set_aside=False))
    waits = place.waits or place.set_aside
    if not place.answered and insert_new(session, _envelope, **row):
        return _outcome(changed=False, waits=waits)
    if final:
        # Another press of hers has put one in while this one waited.
        raise NotAllowed(VOTED)
    session.execute(_REPLACE, {"ballot": ballot_id, "roll": place.roll, "sealed": sealed})
    return _outcome(changed=True, waits=waits)


def _outcome(*, changed: bool, waits: bool) -> Cast:
    if waits:
        return Cast.WAITS_CHANGED if changed else Cast.WAITS
    return Cast.CHANGED if changed else Cast.FIRST


_envelope, _entry = table(Envelope), table(RollEntry)
_REPLACE = (
    update(_envelope)
    .where(_envelope.c.ballot_id == bindparam("ballot"), _envelope.c.roll_id == bindparam("roll"))
    .values(sealed=bindparam("sealed"))
)
