"""What is known about one promise when it is looked at again, and which promises are; each in a constant number of
questions to the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

from sqlmodel import Session

from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.queries import Promise
from pyramid_app.feedback import yearly
from pyramid_app.kit.disclosure import DEFAULTS, Count
from pyramid_app.kit.texts import london_date, london_midnight
from pyramid_app.meetings.agenda import queries as agenda
from pyramid_app.meetings.agenda.rules import review_of
from pyramid_app.meetings.models import Meeting
from pyramid_app.outcomes.steps import queries as steps
from pyramid_app.outcomes.steps.queries import Judged
from pyramid_app.outcomes.verdicts import sides
from pyramid_app.outcomes.verdicts.sides import Sides
from pyramid_app.polls.results import queries as results
from pyramid_app.polls.results.tables import PlainTable, trend_table
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

MONTHS, A_QUARTER = 12, 3
SOON = timedelta(days=90)
"""So long before its day a promise is on the list."""


@dataclass(frozen=True)
class Span:
    """A month, or three of them; ``until`` is the first day after it."""

    first: date
    until: date
    heard: Count


@dataclass(frozen=True)
class Review:
    """When a promise comes back: ``on``, if a day is set; and where the Group has looked at it for that day."""

    promise: Promise
    on: date | None
    looked_at: Meeting | None


@dataclass(frozen=True)
class Evidence:
    """``spans``: the last twelve months or, where those are too small, quarters; empty where these are, too."""

    review: Review
    retired: bool
    history: Sequence[Promise]
    first: date
    topics: Sequence[Topic]
    spans: Sequence[Span]
    trend: PlainTable | None
    steps: Sequence[Judged]
    sides: Sequence[Sides]
    drafts: Sequence[Draft]

    @property
    def promise(self) -> Promise:
        return self.review.promise


def evidence(session: Session, number: int, now: datetime) -> Evidence:
    """Raises ``NotFound`` where that number was never used."""
    history, today = charter.history_of(session, number), london_date(now)
    present = charter.current_edition(session)
    touching = topics.topics_touching(session, number)
    ids = [topic.id for topic in touching]
    starts = month_starts(today)
    first = starts[-MONTHS - 1]
    counts = yearly.heard_between(session, ids, [london_midnight(start) for start in starts])
    months = [Span(begin, end, heard) for (begin, end), heard in zip(pairwise(starts), counts, strict=True)]
    checks = [(poll.closed_on, seen) for poll, seen in results.trend_of(session, number, now)]
    return Evidence(
        review=_reviews(session, history[-1:])[0],
        retired=present is None or present.number != history[-1].edition,
        history=history, first=first, topics=touching, spans=readable(months), trend=trend_table(checks),
        steps=steps.since(session, ids, first, today),
        sides=[one for one in sides.of_commitments(session, [number], now) if one.year >= first.year],
        drafts=drafts.story_of(session, number),
    )  # fmt: skip


def month_starts(today: date) -> list[date]:
    """The first day of this month and of the eleven before it, back to the start of a quarter; and of the next one.

    Quarters are those of the calendar: if they moved on with each month, two looks could be subtracted.
    """
    this = today.year * 12 + today.month - 1
    first = this - MONTHS + 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(first - first % A_QUARTER, this + 2)]


def readable(months: Sequence[Span]) -> list[Span]:
    """By month where at least half of the months have a number to show, else by quarter, else nothing."""
    twelve = months[-MONTHS:]
    if 2 * sum(_is_enough(month) for month in twelve) >= MONTHS:
        return list(twelve)
    grouped = groupby(months, lambda month: (month.first.year, (month.first.month - 1) // A_QUARTER))
    quarters = [_together(list(of_it)) for _, of_it in grouped]
    return quarters if any(map(_is_enough, quarters)) else []


def _is_enough(span: Span) -> bool:
    return span.heard >= DEFAULTS.group


def _together(spans: Sequence[Span]) -> Span:
    return Span(spans[0].first, spans[-1].until, sum((span.heard for span in spans), Count(0)))


def coming(session: Session, today: date) -> list[Review]:
    """Promises whose day comes soon or has passed, the earliest first."""
    return _reviews(session, charter.due_for_review(session, today + SOON))


def _reviews(session: Session, promises: Sequence[Promise]) -> list[Review]:
    sources = {one.number: review_of(one.number, one.wording.review_on) for one in promises}
    looked = agenda.looked_at(session, sources.values())
    return [Review(one, one.wording.review_on, looked.get(sources[one.number])) for one in promises]
