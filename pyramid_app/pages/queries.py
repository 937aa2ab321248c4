"""What a screen needs from several rooms, gathered with a constant number of questions to the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.ledger.models import JobRun
from pyramid_app.base.outbox.models import Letter
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.charts import Level as Step
from pyramid_app.kit.disclosure import Shown, show
from pyramid_app.kit.texts import sentence
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.queries import Answered
from pyramid_app.participation import queries as participation
from pyramid_app.participation.models import Level
from pyramid_app.polls import queries as polls
from pyramid_app.polls.models import Poll
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic
from pyramid_app.topics.rules import State

ALIVE = timedelta(minutes=5)
"""A scheduler that has not run for so long is in trouble; so is a log that nobody chains."""


@dataclass(frozen=True)
class Card:
    """One thing that happened: a family's words, and what came of them."""

    topic: Topic
    outcome: Outcome
    quote: str | None


def cards(session: Session, most: int = 3) -> list[Card]:
    """The newest answers, one a topic; where there is a "no" among the last twenty, it is one of them."""
    newest: dict[UUID, Answered] = {}
    for one in outcomes.latest(session, 20):
        newest.setdefault(one.topic.id, one)
    found = list(newest.values())
    chosen = found[:most]
    refusal = next((one for one in found if one.outcome.state is State.CANT), None)
    if refusal and refusal not in chosen:
        chosen[-1] = refusal
    quotes = feedback.public_quotes(session, [one.topic.id for one in chosen])
    return [Card(one.topic, one.outcome, quotes.get(one.topic.id)) for one in chosen]


@dataclass(frozen=True)
class Tier:
    """A level of the pyramid with its live figure."""

    level: Level
    shown: Shown


def tiers(session: Session, now: datetime) -> list[Tier]:
    """The levels, base first. A public level's people are named anyway, so its number is no secret."""
    counts = participation.count_by_level(session, now)
    return [Tier(level, show(counts[level.slug])) for level in participation.list_levels(session)]


def steps(found: list[Tier], href: str) -> list[Step]:
    """The same, as the drawing wants them."""
    return [Step(tier.level.name, sentence(tier.shown.words), f"{href}#{tier.level.slug}") for tier in found]


@dataclass(frozen=True)
class Story:
    """The whole chain of one topic."""

    topic: Topic
    heard: Shown
    quotes: list[str]
    asked: list[Poll]
    outcomes: list[Outcome]
    follows: bool


def story(session: Session, ref: str, person_id: UUID | None, now: datetime) -> Story:
    topic = topics.get_topic(session, ref)
    return Story(
        topic=topic,
        heard=show(feedback.count_voices(session, topic.id)),
        quotes=feedback.public_voices(session, topic.id),
        asked=polls.of_topic(session, topic.id, now),
        outcomes=outcomes.of_topic(session, topic.id),
        follows=person_id in topics.followers(session, topic.id) if person_id else False,
    )


@dataclass(frozen=True)
class Health:
    """What an officer should know about the machine, in one line."""

    letters_refused: int
    scheduler_at: datetime | None
    unchained: int


def health(session: Session, now: datetime) -> Health:
    """Letters refused in a week, the scheduler's last heartbeat, log rows that nobody has chained for five minutes."""
    week = now - timedelta(days=7)
    refused = select(func.count()).where(
        col(Letter.refused_at) > week, col(Letter.refused).not_in(("too late to be of use", "no longer needed"))
    )
    unchained = select(func.count()).where(col(AuditEntry.hash).is_(None), col(AuditEntry.at) < now - ALIVE)
    return Health(
        session.exec(refused).one(), session.exec(select(func.max(JobRun.slot))).one(), session.exec(unchained).one()
    )


def scheduler_runs(found: Health, now: datetime) -> bool:
    return found.scheduler_at is not None and now - found.scheduler_at < ALIVE
