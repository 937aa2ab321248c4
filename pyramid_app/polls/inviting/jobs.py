"""Inviting everybody when a poll opens, and reminding once those who have not answered."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts.shared import service as shared
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots_queries
from pyramid_app.ballots import service as ballots
from pyramid_app.base import clock
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.polls import queries
from pyramid_app.polls.answering.places import marks_of
from pyramid_app.polls.inviting import letters
from pyramid_app.polls.inviting.queries import to_remind, without_answer
from pyramid_app.polls.models import Poll


def invite(begin: Begin, secret: str) -> int:
    """Put everybody who may answer an open poll on its roll, and write to those who want questions."""
    written = 0
    with begin.looking() as session:
        now = clock.now()
        due = [
            (
                poll.id,
                queries.people_asked(session, poll, now),
                set(queries.people_asked(session, poll, poll.opens_at or now)),
            )
            for poll in queries.to_invite(session, now)
        ]
    for poll_id, people, stood in due:
        for some in batches(people):
            with begin() as work:
                poll = work.session.get_one(Poll, poll_id)
                _enrol(work, poll, [one for one in some if one in stood], secret)
                written += _invite(work, poll, some)
        with begin() as work:
            work.session.get_one(Poll, poll_id).invited_at = work.now
    return written


def _enrol(work: Work, poll: Poll, people: Sequence[UUID], secret: str) -> None:
    """Put these on the roll, who stood so when it opened; whoever has joined since is a newcomer when she answers."""
    marks = marks_of(work.session, secret, poll.ballot_id or b"", people)
    kept_out = ballots.enrol_all(work, poll.ballot_id or b"", marks, partial(accounts.gone_among, work.session))
    for person_id, mailboxes in accounts.mailboxes_of(work.session, kept_out).items():
        shared.ask(work, person_id, mailboxes)


def _invite(work: Work, poll: Poll, people: Sequence[UUID]) -> int:
    """Letters written to these people; a second run writes none again."""
    ballot_id = poll.ballot_id or b""
    answered = ballots_queries.answered_among(work.session, ballot_id, people)
    area, by_name = settings_of(work.session, work.now), queries.author(work.session, poll)
    number = len(queries.paper_of(work.session, poll).questions)
    return sum(
        work.post(letters.invitation(area, poll, number, by_name, one), key=f"poll-invitation:{poll.id}:{one}")
        for one in people
        if one not in answered and accounts.get_person(work.session, one).wants_questions
    )


def remind(begin: Begin) -> int:
    """Polls reminded of. Not the letters: the ledger keeps this number, and it would tell how many have answered."""
    with begin.looking() as session:
        now = clock.now()
        due = [(poll.id, queries.people_asked(session, poll, now)) for poll in to_remind(session, now)]
    for poll_id, people in due:
        for some in batches(people):
            with begin() as work:
                _remind(work, work.session.get_one(Poll, poll_id), some)
        with begin() as work:
            work.session.get_one(Poll, poll_id).reminded_at = work.now
    return len(due)


def _remind(work: Work, poll: Poll, people: Sequence[UUID]) -> None:
    """Write to those of these people who have not answered; a second run writes none again."""
    area, by_name = settings_of(work.session, work.now), queries.author(work.session, poll)
    number = len(queries.paper_of(work.session, poll).questions)
    for one in without_answer(work.session, poll, people):
        work.post(letters.reminder(area, poll, number, by_name, one), key=f"poll-reminder:{poll.id}:{one}")
