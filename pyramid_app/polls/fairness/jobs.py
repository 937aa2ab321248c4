"""Telling everybody who was asked that a close moved or a question was taken back; moving a close after an outage."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from pyramid_app.accounts import queries as accounts
from pyramid_app.ballots import queries as ballots
from pyramid_app.base import clock
from pyramid_app.base.ledger.queries import longest_silence
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.kit.texts import london_date
from pyramid_app.polls.fairness import letters, service
from pyramid_app.polls.fairness.models import Extension
from pyramid_app.polls.fairness.rules import LAST_HOURS, Cause, close_after_outage
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import to_count


def tell_moves(begin: Begin, address: str) -> int:
    """Letters written; a second run writes none again."""
    written = 0
    with begin.looking() as session:
        moved = session.exec(select(Extension.id).where(col(Extension.told_at).is_(None))).all()
        back = session.exec(
            select(Poll.id).where(col(Poll.withdrawn_at).is_not(None), col(Poll.told_at).is_(None))
        ).all()
    for extension_id in moved:
        written += _tell_extended(begin, extension_id, address)
    for poll_id in back:
        written += _tell_withdrawn(begin, poll_id, address)
    return written


def _tell_extended(begin: Begin, extension_id: UUID, address: str) -> int:
    with begin.looking() as session:
        poll_id = session.get_one(Extension, extension_id).poll_id

    def draft(work: Work, poll: Poll, person_id: UUID) -> Draft:
        return letters.extended(work, poll, work.session.get_one(Extension, extension_id), person_id, address)

    written = _tell(begin, poll_id, f"poll-extended:{extension_id}", draft)
    with begin() as work:
        work.session.get_one(Extension, extension_id).told_at = work.now
    return written


def _tell_withdrawn(begin: Begin, poll_id: UUID, address: str) -> int:
    def draft(work: Work, poll: Poll, person_id: UUID) -> Draft:
        return letters.withdrawn(work, poll, person_id, address)

    written = _tell(begin, poll_id, f"poll-withdrawn:{poll_id}", draft)
    with begin() as work:
        work.session.get_one(Poll, poll_id).told_at = work.now
    return written


def _tell(begin: Begin, poll_id: UUID, key: str, draft: Callable[[Work, Poll, UUID], Draft]) -> int:
    """One letter to everybody on the roll who wants questions."""
    written = 0
    with begin.looking() as session:
        people = ballots.people_on_roll(session, session.get_one(Poll, poll_id).ballot_id or b"")
    for some in batches(people):
        with begin() as work:
            written += _post(work, poll_id, some, key, draft)
    return written


def _post(
    work: Work, poll_id: UUID, people: Sequence[UUID], key: str, draft: Callable[[Work, Poll, UUID], Draft]
) -> int:
    poll = work.session.get_one(Poll, poll_id)
    wanted = [one for one in people if accounts.get_person(work.session, one).wants_questions]
    return sum(work.post(draft(work, poll, one), key=f"{key}:{one}") for one in wanted)


def move_for_outages(begin: Begin) -> int:
    """Before a count: if nobody could answer in the last hours, everyone gets another day.

    The scheduler's heartbeat stands for the service: they run on one machine, and a silence of both is what counts.
    """
    moved = 0
    with begin.looking() as session:
        due = [(poll.id, _later(session, poll)) for poll in to_count(session, clock.now())]
    for poll_id, later in due:
        if later is None or later <= clock.now():
            continue
        with begin() as work:
            poll = work.session.get_one(Poll, poll_id)
            first = london_date(later) + timedelta(days=1)
            service.extend(work, poll_id, later, "", max(poll.next_by or first, first), Cause.OUTAGE)
            moved += 1
    return moved


def _later(session: Session, poll: Poll) -> datetime | None:
    """When it closes instead, if it must; one that is being counted already does not move any more."""
    assert poll.closes_at is not None and poll.opens_at is not None  # noqa: S101, PT018  a scheduled poll has its times
    if ballots.get_ballot(session, poll.ballot_id or b"").counting_at is not None:
        return None
    since = max(poll.closes_at - LAST_HOURS, poll.opens_at)
    return close_after_outage(poll.closes_at, longest_silence(session, since, poll.closes_at))
