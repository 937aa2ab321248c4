"""The facts of a year's report (SEND Regulations 2014, regulation 56), in a constant number of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.errors import NotFound
from pyramid_app.charter.models import Wording
from pyramid_app.feedback import yearly
from pyramid_app.feedback.holding import queries as holding
from pyramid_app.feedback.holding.rules import Reason
from pyramid_app.feedback.yearly import Heard, Quoted
from pyramid_app.kit.disclosure import Count
from pyramid_app.kit.texts import london_date, london_midnight
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.corrections import queries as corrections
from pyramid_app.outcomes.corrections.queries import WentWrong
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.steps import queries as steps
from pyramid_app.outcomes.steps.queries import ToDo
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

MOST = 5
"""Words of one group of speakers about one topic."""


@dataclass(frozen=True)
class About:
    """One topic in that year. ``answers`` are in their newest version, also those that came after the year's end."""

    topic: Topic
    heard: Count
    quotes: Sequence[Quoted]
    answers: Sequence[Outcome]
    to_do: Sequence[ToDo]
    touches: Sequence[Wording]


@dataclass(frozen=True)
class Report:
    """``until``: the last day of a year that is not over; ``None`` afterwards."""

    year: int
    until: date | None
    heard: Heard
    topics: Sequence[About]
    held: Mapping[Reason, Count]
    wrong: Sequence[WentWrong]


def years(session: Session, now: datetime) -> list[int]:
    """From this year, in London, back to the one in which the first voice came."""
    this, first = london_date(now).year, yearly.first_heard(session)
    return list(range(this, (london_date(first).year if first else this) - 1, -1))


def report(session: Session, year: int, now: datetime) -> Report:
    """A calendar year, London. Raises ``NotFound`` where there is no report for it."""
    if year not in years(session, now):
        raise NotFound
    start, end = london_midnight(date(year, 1, 1)), london_midnight(date(year + 1, 1, 1))
    return Report(
        year,
        date(year, 12, 31) if now < end else None,
        yearly.heard(session, start, end),
        _topics(session, start, end, now),
        holding.held_by_reason(session, start, end),
        corrections.corrected_between(session, start, end, now),
    )


def _topics(session: Session, start: datetime, end: datetime, now: datetime) -> list[About]:
    """By title: their order says nothing about who spoke."""
    heard, answers = yearly.topics_heard(session, start, end), outcomes.answers_since(session, start, now)
    answered = {topic_id for topic_id, given in answers.items() if given[0].answered_at < end}
    about = heard.keys() | answered
    quotes: dict[UUID, list[Quoted]] = {}
    for one in yearly.quoted(session, start, end, most=MOST):
        quotes.setdefault(one.topic_id, []).append(one)
    to_do, touches = steps.still_to_do(session, about), topics.touched_by(session, about)
    found = [
        About(
            topic,
            heard.get(topic.id, Count(0)),
            quotes.get(topic.id, ()),
            answers.get(topic.id, ()),
            to_do.get(topic.id, ()),
            touches.get(topic.id, ()),
        )
        for topic in topics.names_of(session, list(about)).values()
    ]
    return sorted(found, key=lambda one: (one.topic.title.casefold(), str(one.topic.id)))
