"""What the scheduler does for polls: invites when one opens, counts when it has closed, tells those who answered."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots_queries
from pyramid_app.ballots import service as ballots
from pyramid_app.base import clock
from pyramid_app.base.errors import Refused
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin, Work
from pyramid_app.participation import queries as participation
from pyramid_app.polls import letters, queries
from pyramid_app.polls.counting import count
from pyramid_app.polls.models import Poll
from pyramid_app.polls.service import author

BATCH = 50
"""People in one act: a long act would keep others from writing."""

Item = TypeVar("Item")


def jobs(begin: Begin, keys_folder: Path, address: str) -> list[Job]:
    return [
        Job("invite", 20, lambda: invite(begin)),
        Job("count", 20, lambda: count_closed(begin, keys_folder)),
        Job("tell results", 20, lambda: tell_results(begin, address)),
    ]


def invite(begin: Begin) -> int:
    """Put everybody who may answer an open poll on its roll, and write to those who want questions."""
    written = 0
    with begin.looking() as session:
        now = clock.now()
        due = [(poll.id, participation.voting_people(session, now)) for poll in queries.to_invite(session, now)]
    for poll_id, people in due:
        for some in _batches(people):
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
    area, by_name = settings_of(work.session, work.now), author(work, poll)
    number = len(queries.paper_of(work.session, poll).questions)
    return sum(
        work.post(letters.invitation(area, poll, number, by_name, one), key=f"poll-invitation:{poll.id}:{one}")
        for one in people
        if one not in answered and accounts.get_person(work.session, one).wants_questions
    )


def count_closed(begin: Begin, keys_folder: Path) -> int:
    """Count what has closed. One that cannot be counted does not keep the others from it."""
    with begin.looking() as session:
        due = [poll.id for poll in queries.to_count(session, clock.now())]
    failed: list[Refused] = []
    for poll_id in due:
        try:
            count(begin, poll_id, keys_folder)
        except Refused as refused:
            failed.append(refused)
    if failed:
        raise failed[0]
    return len(due)


def tell_results(begin: Begin, address: str) -> int:
    """Write to everybody who took part and wants answers, in the same minute in which officers see the result."""
    written = 0
    with begin.looking() as session:
        due = [(poll.id, sorted(ballots_queries.took_part(session, poll.ballot_id or b"")))
               for poll in queries.to_tell(session)]  # fmt: skip
    for poll_id, people in due:
        for some in _batches(people):
            with begin() as work:
                written += _tell(work, work.session.get_one(Poll, poll_id), some, address)
        with begin() as work:
            work.session.get_one(Poll, poll_id).told_at = work.now
    return written


def _tell(work: Work, poll: Poll, people: Sequence[UUID], address: str) -> int:
    result = queries.find_result(work.session, poll)
    if result is None:
        return 0
    area, by_name = settings_of(work.session, work.now), author(work, poll)
    return sum(
        work.post(letters.told(area, result, by_name, person_id, address), key=f"poll-result:{poll.id}:{person_id}")
        for person_id in people
        if accounts.get_person(work.session, person_id).wants_answers
    )


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
