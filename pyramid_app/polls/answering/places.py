"""What the ballot is told about people who have no place on its roll yet: whose mailbox, since when, from where."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts.shared import queries as shared
from pyramid_app.area.queries import settings_of
from pyramid_app.ballots.service import Newcomer
from pyramid_app.base.budgets.rules import EVERYBODY, Budget
from pyramid_app.base.budgets.service import spend
from pyramid_app.base.keyed import keyed
from pyramid_app.base.work import Work
from pyramid_app.polls import queries
from pyramid_app.polls.models import Poll

NETWORK, TOGETHER = "newcomers of a network", "newcomers"
"""Names of the two budgets of a day."""


@dataclass(frozen=True)
class Came:
    """How an answer came: the installation's secret, and the keyed mark of today and the network it came from."""

    secret: str
    network: str


def marks_of(
    session: Session, secret: str, ballot_id: bytes, people: Collection[UUID], first: str = ""
) -> dict[UUID, list[str]]:
    """The marks of these people's mailboxes on this ballot's roll, oldest mailbox first, or ``first`` before it.

    Where the desk has confirmed that somebody shares a mailbox, her mark is one of her own.
    """
    mailboxes, confirmed = accounts.mailboxes_of(session, people), shared.confirmed_among(session, people)

    def mark(person: UUID, mailbox: str) -> str:
        own = (person.hex,) if (person, mailbox) in confirmed else ()
        return keyed(secret, "roll", ballot_id.hex(), mailbox, *own)

    return {
        person: [mark(person, box) for box in sorted(mailboxes.get(person, ()), key=lambda box: box != first)]
        for person in people
    }


def newcomer(work: Work, poll: Poll, person_id: UUID, came: Came, *, joined: bool, first: str = "") -> Newcomer:
    """``joined``: while it was open. ``first``: the mailbox that has just been proved."""
    session, ballot_id = work.session, poll.ballot_id or b""
    marks = marks_of(session, came.secret, ballot_id, [person_id], first)[person_id]
    gone, usual = partial(accounts.gone_among, session), partial(_usual, work, came.network)
    return Newcomer(joined, marks, gone, came.network, usual)


def joined_while_open(session: Session, poll: Poll, person_id: UUID, opened: datetime) -> bool:
    """Whether this person was not yet one of those asked when it opened."""
    return not queries.is_asked(session, poll, person_id, opened)


def _usual(work: Work, network: str) -> bool:
    """Whether one more newcomer today is no more than usual, for that network and for the whole installation."""
    area = settings_of(work.session, work.now)
    of_network, together = Budget(NETWORK, area.newcomers_a_day_network), Budget(TOGETHER, area.newcomers_a_day)
    return spend(work.session, of_network, network, work.now) and spend(work.session, together, EVERYBODY, work.now)
