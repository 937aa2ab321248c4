"""The three ways to answer: signed in, by a poll pass, or first and then saying who one is. All end in one envelope."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts import service as accounts_service
from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.codes.service import Asker
from pyramid_app.accounts.mailboxes import canonical_mailbox
from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind, Purpose
from pyramid_app.accounts.shared import service as shared
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots_queries
from pyramid_app.ballots import sealing
from pyramid_app.ballots import service as ballots
from pyramid_app.ballots.service import Cast, Newcomer
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, NotFound
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import service as participation_service
from pyramid_app.polls import queries
from pyramid_app.polls.answering import letters
from pyramid_app.polls.answering.passes import Pass
from pyramid_app.polls.answering.places import Came, joined_while_open, newcomer
from pyramid_app.polls.kinds import Answers, Boxes, check_answers
from pyramid_app.polls.models import Poll
from pyramid_app.polls.permissions import may_answer, may_be_answered
from pyramid_app.polls.rules import State, state_of

Raw = Boxes
"""What came from a form, by the name of its box."""


@dataclass(frozen=True)
class Opened:
    """What a good pass opens, and for whom."""

    poll: Poll
    person_id: UUID


def answer_signed_in(work: Work, poll_id: UUID, raw: Raw, came: Came) -> Cast | None:
    """``None``: somebody else has her mailbox, too, and the desk has been told (``shared_words``).

    Raises ``Invalid`` by question, ``NotAllowed`` when it is closed or not hers to answer.
    """
    poll, person_id = _poll(work.session, poll_id), work.actor.person_id
    if person_id is None:
        raise NotAllowed(Say("Please sign in first."))
    may_answer(work.actor, queries.is_asked(work.session, poll, person_id, work.now), poll, work.now).enforce()
    return _put_in(work, poll, person_id, check(work.session, poll, raw), came)


def open_pass(session: Session, held: Pass | None, now: datetime) -> Opened:
    """Raises ``NotFound`` for what was never a pass, ``NotAllowed`` with the reason for one that opens no more."""
    poll = queries.find_by_ballot(session, held.ballot_id) if held else None
    person = accounts.find_person(session, held.person_id) if held else None
    if held is None or poll is None or person is None:
        raise NotFound(Say("This link does not open anything. Perhaps a part of it is missing."))
    if state_of(poll, now) is not State.OPEN:
        may_be_answered(poll, now).enforce()
    if person.passes != held.version or not queries.is_asked(session, poll, person.id, now):
        raise NotAllowed(Say("This link has been switched off. You can get your own link, it is quick."))
    return Opened(poll, person.id)


def answer_by_pass(work: Work, held: Pass | None, raw: Raw, address: str, came: Came) -> Cast | None:
    """As ``answer_signed_in``, and raises as ``open_pass`` does. Whoever owns the pass hears when an answer is
    *changed* by it."""
    opened = open_pass(work.session, held, work.now)
    cast = _put_in(work, opened.poll, opened.person_id, check(work.session, opened.poll, raw), came)
    if cast and cast.changed:
        draft = letters.changed(settings_of(work.session, work.now), opened.poll, opened.person_id, address)
        # One letter a day at the most: enough to be warned.
        work.post(draft, key=f"poll-changed:{opened.poll.id}:{opened.person_id}:{london_date(work.now)}")
    return cast


def carry(session: Session, secret: str, poll: Poll, answers: Answers, now: datetime) -> str:
    """Checked answers, sealed for the page of somebody we do not know yet. Nothing is stored."""
    may_be_answered(poll, now).enforce()
    ballot = ballots_queries.get_ballot(session, _ballot(poll))
    key, roll = ballots_queries.public_key(session, ballot), secrets.token_bytes(sealing.ROLL_BYTES)
    carried = sealing.carry(key, ballot.id, roll, answers, ballot.envelope_size, now)
    return sealing.write_carried(secret, ballot.id, carried)


def ask_for_code(work: Work, asker: Asker, poll_id: UUID, text: str, address: str) -> str | Say:
    """Have a code sent; returns the sealed answer bound to it, or why there is none. ``address`` is a normal one.

    A sealed answer that is bound already may be bound anew: she asked for another code.
    """
    poll = _poll(work.session, poll_id)
    may_be_answered(poll, work.now).enforce()
    carried = _read(asker.secret, poll, text, work.now)
    asked = codes.ask(work, asker, Purpose.ANSWER, address, about=poll.id.hex, title=poll.title)
    return asked.refused or sealing.write_carried(asker.secret, _ballot(poll), carried.bound(asked.name))


def ask_of(secret: str, poll: Poll, text: str) -> str:
    """The ask that a sealed answer is bound to; empty if to none."""
    carried = sealing.read_carried(secret, _ballot(poll), text)
    return carried.ask if carried else ""


def answer_with_code(work: Work, asker: Asker, poll_id: UUID, text: str, typed: str) -> Cast | Say | None:
    """In one act: the code proves the address, she joins, is put on the roll and her envelope goes in.

    A wrong code is counted and comes back as a sentence; ``None`` as from ``answer_signed_in``; what raises uses
    nothing up.
    """
    poll = _poll(work.session, poll_id)
    may_be_answered(poll, work.now).enforce()
    carried = _read(asker.secret, poll, text, work.now)
    tried = codes.try_code(work, asker, carried.ask, Purpose.ANSWER, typed, about=poll.id.hex)
    if tried.address is None or tried.again:
        # Pressed twice: the first press has put this very answer in.
        if ballots_queries.lies_in_box(work.session, _ballot(poll), carried):
            return Cast.WAITS if ballots_queries.waits(work.session, carried.roll) else Cast.FIRST
        return tried.problem or codes.DOES_NOT_WORK
    # The box first: two codes for one address, typed at once, must find the same person.
    ballots.lock(work.session, _ballot(poll))
    person = _person(work, poll, tried.address)
    joined = joined_while_open(work.session, poll, person.id, _opened(poll))
    if not poll.for_young_people:
        participation_service.join(work, person.id)
    may_answer(NOBODY, queries.is_asked(work.session, poll, person.id, work.now), poll, work.now).enforce()
    came = Came(asker.secret, asker.network)
    who = newcomer(work, poll, person.id, came, joined=joined, first=canonical_mailbox(tried.address))
    try:
        ballots.enrol(work, _ballot(poll), person.id, who)
    except ballots.MarkHeld:
        _ask_to_share(work, person.id)
        return None
    return ballots.cast_carried(work, _ballot(poll), person.id, carried)


def shared_words(session: Session, now: datetime) -> Say:
    """What somebody is told whose only mailbox has another person's place on the list."""
    area = settings_of(session, now)
    return Say(
        "Somebody else with your address is on the list for this question. If you are two people who share it, please"
        " ring us on {phone}, so that both of you count.", phone=area.phone,
    ) if area.phone else Say(
        "Somebody else with your address is on the list for this question. If you are two people who share it, please"
        " write to us at {address}, so that both of you count.", address=area.reply_to,
    )  # fmt: skip


def check(session: Session, poll: Poll, raw: Raw) -> Answers:
    """Raises ``Invalid`` by question id (hex)."""
    checked = check_answers(queries.frozen_paper(session, poll).asked, raw)
    if checked.errors:
        raise Invalid(checked.errors)
    return checked.answers


def _put_in(work: Work, poll: Poll, person_id: UUID, answers: Answers, came: Came) -> Cast | None:
    def who() -> Newcomer:
        joined = joined_while_open(work.session, poll, person_id, _opened(poll))
        return newcomer(work, poll, person_id, came, joined=joined)

    try:
        return ballots.cast(work, _ballot(poll), person_id, answers, who)
    except ballots.MarkHeld:
        _ask_to_share(work, person_id)
        return None


def _ask_to_share(work: Work, person_id: UUID) -> None:
    shared.ask(work, person_id, accounts.mailboxes_of(work.session, [person_id]).get(person_id, []))


def _person(work: Work, poll: Poll, address: str) -> Person:
    kind = PersonKind.YOUNG_PERSON if poll.for_young_people else PersonKind.PARENT_CARER
    return accounts_service.person_at(work, address, kind)


def _read(secret: str, poll: Poll, text: str, now: datetime) -> sealing.Carried:
    carried = sealing.read_carried(secret, _ballot(poll), text)
    if carried is None:
        raise Conflict(Say("We can't read this answer. Please answer again. It is quick."))
    if not carried.good_at(now):
        raise Conflict(Say("This page was open for too long. Please answer again. It is quick."))
    return carried


def _poll(session: Session, poll_id: UUID) -> Poll:
    poll = session.get(Poll, poll_id)
    if poll is None or poll.ballot_id is None:
        raise NotFound
    return poll


def _ballot(poll: Poll) -> bytes:
    assert poll.ballot_id is not None  # noqa: S101  ``_poll`` has looked
    return poll.ballot_id


def _opened(poll: Poll) -> datetime:
    assert poll.opens_at is not None  # noqa: S101  a scheduled poll has its times
    return poll.opens_at
