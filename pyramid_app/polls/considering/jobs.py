"""Telling everybody who answered a consultation how it was considered."""

from collections.abc import Sequence
from uuid import UUID

from pyramid_app.accounts import queries as accounts
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots import queries as ballots
from pyramid_app.base.work import Begin, Work, batches
from pyramid_app.polls.considering import letters, queries
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import author


def tell_considered(begin: Begin, address: str) -> int:
    """Letters written; a second run writes none again."""
    written = 0
    with begin.looking() as session:
        due = [
            (poll.id, sorted(ballots.took_part(session, poll.ballot_id or b""))) for poll in queries.to_tell(session)
        ]
    for poll_id, people in due:
        for some in batches(people):
            with begin() as work:
                written += _tell(work, work.session.get_one(Poll, poll_id), some, address)
        with begin() as work:
            work.session.get_one(Poll, poll_id).considered_told_at = work.now
    return written


def _tell(work: Work, poll: Poll, people: Sequence[UUID], address: str) -> int:
    area, by_name = settings_of(work.session, work.now), author(work.session, poll)
    points = queries.points_of(work.session, poll)
    return sum(
        work.post(
            letters.considered(area, poll, points, by_name, person_id, address),
            key=f"poll-considered:{poll.id}:{person_id}",
        )
        for person_id in people
        if accounts.get_person(work.session, person_id).wants_answers
    )
