"""Counting what has closed, and telling everybody who took part."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots_queries
from pyramid_app.base import clock
from pyramid_app.base.errors import Refused
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.polls.fairness.jobs import move_for_outages
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import author, to_count, to_tell
from pyramid_app.polls.ratifying.queries import to_decide
from pyramid_app.polls.ratifying.service import decide
from pyramid_app.polls.results import letters, queries
from pyramid_app.polls.results.counting import count


def count_closed(begin: Begin, keys_folder: Path) -> int:
    """Count what has closed, and end counts that were killed. One that cannot be counted does not keep the others.

    First of all a close moves, if nobody could answer in its last hours.
    """
    move_for_outages(begin)
    with begin.looking() as session:
        due = [poll.id for poll in (*to_count(session, clock.now()), *queries.not_emptied(session))]
    failed: list[Refused] = []
    for poll_id in due:
        try:
            count(begin, poll_id, keys_folder)
        except Refused as refused:
            failed.append(refused)
    if failed:
        raise failed[0]
    return len(due)


def decide_ratifications(begin: Begin) -> int:
    """What families voted on is adopted or falls, before anybody is told the numbers."""
    with begin.looking() as session:
        due = [poll.id for poll in to_decide(session)]
    for poll_id in due:
        with begin() as work:
            decide(work, poll_id)
    return len(due)


def tell_results(begin: Begin, address: str) -> int:
    """Write to everybody who took part and wants answers, in the same minute in which officers see the result."""
    written = 0
    with begin.looking() as session:
        due = [(poll.id, sorted(ballots_queries.took_part(session, poll.ballot_id or b"")))
               for poll in to_tell(session)]  # fmt: skip
    for poll_id, people in due:
        for some in batches(people):
            with begin() as work:
                written += _tell(work, work.session.get_one(Poll, poll_id), some, address)
        with begin() as work:
            work.session.get_one(Poll, poll_id).told_at = work.now
    return written


def _tell(work: Work, poll: Poll, people: Sequence[UUID], address: str) -> int:
    document = queries.find_document(work.session, poll)
    if document is None:
        return 0
    area, by_name = settings_of(work.session, work.now), author(work.session, poll)
    return sum(
        work.post(
            letters.told(area, poll, document, by_name, person_id, address), key=f"poll-result:{poll.id}:{person_id}"
        )
        for person_id in people
        if accounts.get_person(work.session, person_id).wants_answers
    )
