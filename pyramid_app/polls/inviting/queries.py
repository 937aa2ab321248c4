"""Which polls wait for their reminder, and who of some people would get it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.ballots import queries as ballots
from pyramid_app.polls.inviting.rules import reminder_is_due
from pyramid_app.polls.models import Poll
from pyramid_app.polls.queries import open_polls
from pyramid_app.polls.rules import State, state_of


def to_remind(session: Session, now: datetime) -> list[Poll]:
    """Open, everybody has been asked, and the reminder is due."""
    return [
        poll for poll in open_polls(session, now) if state_of(poll, now) is State.OPEN and reminder_is_due(poll, now)
    ]


def without_answer(session: Session, poll: Poll, people: Sequence[UUID]) -> list[UUID]:
    """Who of these people was asked, wants questions and has not answered. For the scheduler only, and never stored."""
    ballot_id = poll.ballot_id or b""
    answered = ballots.answered_among(session, ballot_id, people)
    willing = {person.id for person in accounts.list_people(session, people) if person.wants_questions}
    return [
        one for one in people
        if one in willing and one not in answered and ballots.find_entry(session, ballot_id, one) is not None
    ]  # fmt: skip
