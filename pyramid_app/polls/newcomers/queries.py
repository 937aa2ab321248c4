"""How many joined on each day while a question was open, what is usual here, and who waits: numbers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from pyramid_app.ballots import queries as ballots
from pyramid_app.kit.disclosure import Count, Shown, show
from pyramid_app.kit.texts import london_date
from pyramid_app.participation import queries as participation
from pyramid_app.polls.models import Poll

BEFORE = timedelta(days=28)
"""What is usual is seen in the four weeks before a question opened."""
MOST_DAYS = 28


@dataclass(frozen=True)
class Group:
    """Places that came from one network on one day; ``network`` is its keyed mark, never shown."""

    name: str
    network: str
    waiting: Shown


@dataclass(frozen=True)
class Newcomers:
    """One open question: who joined on each of its days, who joined in the four weeks before, and what waits."""

    poll: Poll
    days: Sequence[tuple[date, Shown]]
    before: Shown
    groups: Sequence[Group]


def polls_that_wait(session: Session) -> list[Poll]:
    """Questions for which somebody waits for the desk, the first to close first."""
    found = select(Poll).where(col(Poll.ballot_id).in_(ballots.ballots_that_wait(session)))
    return list(session.exec(found.order_by(col(Poll.closes_at), col(Poll.id))))


def newcomers_to(session: Session, poll: Poll, now: datetime) -> Newcomers:
    """Of a question that has opened."""
    opened = poll.opens_at or now
    days = participation.count_joined_by_day(session, max(opened, now - timedelta(days=MOST_DAYS)), now)
    usual = participation.count_joined_by_day(session, opened - BEFORE, opened)
    waiting = ballots.waiting_by_network(session, poll.ballot_id or b"")
    groups = [
        Group(chr(ord("A") + at) if at < 26 else str(at + 1), network, show(number))
        for at, (network, number) in enumerate(waiting.items())
    ]
    every = (london_date(opened) + timedelta(days=n) for n in range((london_date(now) - london_date(opened)).days + 1))
    shown = [(day, show(days.get(day, Count(0)))) for day in every][-MOST_DAYS:]
    return Newcomers(poll, shown, show(sum(usual.values(), Count(0))), groups)
