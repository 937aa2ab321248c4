"""What the scheduler does for polls: invites when one opens; counting and telling are in ``results``."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots_queries
from pyramid_app.ballots import service as ballots
from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.polls import letters, queries
from pyramid_app.polls.considering.jobs import tell_considered
from pyramid_app.polls.models import Poll
from pyramid_app.polls.results.jobs import count_closed, tell_results


def jobs(begin: Begin, keys_folder: Path, address: str) -> list[Job]:
    return [
        Job("invite", 20, lambda: invite(begin)),
        Job("count", 20, lambda: count_closed(begin, keys_folder)),
        Job("tell results", 20, lambda: tell_results(begin, address)),
        Job("tell considered", 20, lambda: tell_considered(begin, address)),
    ]


def invite(begin: Begin) -> int:
    """Put everybody who may answer an open poll on its roll, and write to those who want questions."""
    written = 0
    with begin.looking() as session:
        now = clock.now()
        due = [(poll.id, queries.people_asked(session, poll, now)) for poll in queries.to_invite(session, now)]
    for poll_id, people in due:
        for some in batches(people):
            with begin() as work:
                written += _invite(work, work.session.get_one(Poll, poll_id), some)
        with begin() as work:
            work.session.get_one(Poll, poll_id).invited_at = work.now
    return written


def _invite(work: Work, poll: Poll, people: Sequence[UUID]) -> int:
    """Letters written to these people; a second run writes none again."""
    ballot_id = poll.ballot_id or b""
    ballots.enrol_all(work, ballot_id, people)
    answered = ballots_queries.answered_among(work.session, ballot_id, people)
    area, by_name = settings_of(work.session, work.now), queries.author(work.session, poll)
    number = len(queries.paper_of(work.session, poll).questions)
    return sum(
        work.post(letters.invitation(area, poll, number, by_name, one), key=f"poll-invitation:{poll.id}:{one}")
        for one in people
        if one not in answered and accounts.get_person(work.session, one).wants_questions
    )
