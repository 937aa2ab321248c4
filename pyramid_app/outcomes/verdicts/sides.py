"""Partners say, families say: side by side for each promise and year, by the small-number rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from pyramid_app.kit.disclosure import Count, GrowingShown, show_verdicts
from pyramid_app.kit.say import Say
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.verdicts.models import Verdict, VerdictRound
from pyramid_app.outcomes.verdicts.rules import Helped, tally
from pyramid_app.topics.models import Topic, TopicCommitment

NAMES = {
    Helped.YES: Say("Yes"),
    Helped.SOMETIMES: Say("Sometimes"),
    Helped.NO: Say("No"),
    Helped.UNUSED: Say("We don't use it"),
}
"""What people read for each answer."""


_year = col(VerdictRound.year)


@dataclass(frozen=True)
class Sides:
    """One year: what was called done, and what families say about all of it together. ``commitment``: ``None`` where
    the topic is about none of our promises."""

    commitment: int | None
    year: int
    families: GrowingShown
    partners: list[tuple[Topic, Outcome]] = field(default_factory=list)


def of_commitments(session: Session, numbers: Sequence[int], now: datetime) -> list[Sides]:
    """For each of these promises, the newest year first. Two questions to the database, however many there are."""
    about = (
        select(TopicCommitment.topic_id, TopicCommitment.commitment)
        .where(col(TopicCommitment.commitment).in_(numbers))
        .distinct()
        .subquery()
    )
    return _sides(session, about, now)


def of_topic(session: Session, topic: Topic, numbers: Sequence[int], now: datetime) -> list[Sides]:
    """For a topic's page: its promises' figures, since its own would be those of few; without promises, its own."""
    if numbers:
        return of_commitments(session, numbers, now)
    nothing: sa.ColumnElement[Any] = sa.null().label("commitment")
    alone = sa.select(col(Topic.id).label("topic_id"), nothing).where(col(Topic.id) == topic.id)
    return _sides(session, alone.subquery(), now)


def _sides(session: Session, about: sa.Subquery, now: datetime) -> list[Sides]:
    counted: dict[tuple[int | None, int], dict[str, int]] = {}
    rows = session.execute(
        sa.select(about.c.commitment, _year, col(Verdict.answer), func.count())
        .join(Outcome, col(Outcome.topic_id) == about.c.topic_id)
        .join(VerdictRound, col(VerdictRound.outcome_id) == col(Outcome.id))
        .join(Verdict, col(Verdict.outcome_id) == col(Outcome.id))
        .where(col(Verdict.answer).is_not(None))
        .group_by(about.c.commitment, _year, col(Verdict.answer))
    )
    for commitment, year, answer, number in rows:
        counted.setdefault((commitment, year), {})[answer] = number
    done: dict[tuple[int | None, int], list[tuple[Topic, Outcome]]] = {}
    asked = session.execute(
        sa.select(about.c.commitment, _year, Topic, Outcome)
        .join(Topic, col(Topic.id) == about.c.topic_id)
        .join(Outcome, col(Outcome.topic_id) == about.c.topic_id)
        .join(VerdictRound, col(VerdictRound.outcome_id) == col(Outcome.id))
        .where(col(Outcome.published_at) <= now)
        .order_by(_year.desc(), about.c.commitment, col(Outcome.published_at).desc(), col(Outcome.id).desc())
    )
    for commitment, year, topic, outcome in asked:
        done.setdefault((commitment, year), []).append((topic, outcome))
    return [Sides(*key, _shown(counted.get(key, {})), answers) for key, answers in done.items()]


def _shown(counted: dict[str, int]) -> GrowingShown:
    counts = tally(counted)
    return show_verdicts([(helped.value, Count(counts[helped])) for helped in NAMES])
