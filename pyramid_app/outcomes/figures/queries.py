"""Every public figure, each from one or two sums in the database; no row of a person or a message is read."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.feedback import sums
from pyramid_app.kit.disclosure import Count, GrowingShown, Shown, show_live, show_share
from pyramid_app.kit.texts import london_date, working_days_between
from pyramid_app.outcomes.figures.models import AnswerWait, HiddenFigures
from pyramid_app.outcomes.figures.rules import AGES, FIRST_ANSWERS, TOPIC_WAITS, WAITS, median
from pyramid_app.outcomes.figures.told import told_rate
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.verdicts import pulse
from pyramid_app.polls.results.models import PollResult
from pyramid_app.topics.models import Topic
from pyramid_app.topics.rules import State

ENOUGH = 10
"""Messages before their median wait is shown."""


@dataclass(frozen=True)
class Topics:
    """Not people: how many topics wait in each state by their age, and how many owe a word."""

    by_age: dict[str, list[int]]
    late: int


@dataclass(frozen=True)
class Part:
    """So many of so many things that are no people."""

    part: int
    whole: int


@dataclass(frozen=True)
class Figures:
    """``median_days``: ``None`` where there are too few messages. ``waiting``: from the newest to the oldest."""

    told: Shown
    pulse: tuple[date, GrowingShown] | None
    median_days: int | None
    waiting: list[Shown]
    topics: Topics
    evidence: Part
    linked: Shown
    hidden: Part


def all_figures(session: Session, now: datetime) -> Figures:
    """As often asked for five voices as for fifty thousand."""
    said, filed = sums.where_they_went(session)
    return Figures(
        told=told_rate(session, now),
        pulse=pulse.find_result(session),
        median_days=median_days(session, now),
        waiting=waiting(session, now),
        topics=topics(session, now),
        evidence=evidence(session, now),
        linked=show_share(Count(said), Count(filed)),
        hidden=hidden(session),
    )


def median_days(session: Session, now: datetime) -> int | None:
    """Working days from the day of a message to the day of its first answer, of the messages of a year; as it was
    when the days were last counted, if they ever were."""
    kept = session.exec(select(AnswerWait.days, AnswerWait.messages)).all()
    found = dict(kept) or answer_waits(session, now)
    return median(found.items()) if Count(sum(found.values())) >= ENOUGH else None


def answer_waits(session: Session, now: datetime) -> dict[int, int]:
    """By working days until the first answer, how many messages of a year waited so long."""
    today, waits = london_date(now), Counter[int]()
    for received, filed, number in sums.first_answers(session, today - FIRST_ANSWERS, today):
        waits[working_days_between(received, filed)] += number
    return dict(waits)


def waiting(session: Session, now: datetime) -> list[Shown]:
    """Messages that nobody has sorted: under two weeks old, two to four, older."""
    return [show_live(Count(number)) for number in sums.waiting_since(session, *(now - age for age in WAITS))]


def topics(session: Session, now: datetime) -> Topics:
    """Topics that wait for an answer, by state and age; in one statement."""
    age = sa.case(*((col(Topic.started_at) > now - age, at) for at, age in enumerate(AGES)), else_=len(AGES))
    each = sa.select(
        col(Topic.state).label("state"), age.label("age"), sa.case((col(Topic.word_owed), 1), else_=0).label("owed")
    ).subquery()
    rows = session.execute(
        sa.select(each.c.state, each.c.age, func.count(), func.sum(each.c.owed)).group_by(each.c.state, each.c.age)
    )
    by_age, late = {state: [0] * (len(AGES) + 1) for state in TOPIC_WAITS}, 0
    for state, at, number, owed in rows:
        late += int(owed)
        if state in by_age:
            by_age[state][at] = number
    return Topics(by_age, late)


def evidence(session: Session, now: datetime) -> Part:
    """Answers "done" that anybody can check, of all that are public."""
    can_be_seen = (col(Outcome.evidence) != "") | col(Outcome.evidence_file_id).is_not(None)
    shown = sa.case((can_be_seen, 1), else_=0)
    later = sa.alias(sa.inspect(Outcome).local_table)
    found = sa.select(func.coalesce(func.sum(shown), 0), func.count()).where(
        col(Outcome.state) == State.DONE,
        col(Outcome.published_at) <= now,
        col(Outcome.taken_back_at).is_(None),
        ~sa.exists().where(later.c.corrects_id == col(Outcome.id)),
    )
    return Part(*(int(number) for number in session.execute(found).one()))


def hidden(session: Session) -> Part:
    """Figures of questions to families that the small-number rules hold back, of all there are."""
    both = func.coalesce(func.sum(HiddenFigures.hidden), 0), func.coalesce(func.sum(HiddenFigures.shown), 0)
    away, shown = session.execute(sa.select(*both)).one()
    return Part(int(away), int(away) + int(shown))


def not_looked_at(session: Session) -> list[UUID]:
    """Results whose hidden figures have not been counted."""
    looked = select(HiddenFigures.poll_id)
    return list(session.exec(select(PollResult.poll_id).where(col(PollResult.poll_id).not_in(looked))))
