"""What a screen needs from several rooms, gathered with a constant number of questions to the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, func, select

from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.rules import Unsent
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.queries import Mine, Quote
from pyramid_app.kit.charts import Level as Step
from pyramid_app.kit.disclosure import Shown, show, show_live
from pyramid_app.kit.texts import sentence, week_began
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


@dataclass(frozen=True)
class Card:
    """One thing that happened: a family's words, and what came of them; or that we are late (no ``outcome``)."""

    topic: Topic
    outcome: Outcome | None
    quote: str | None


def cards(session: Session, now: datetime, most: int = 3) -> list[Card]:
    """The newest answers, one a topic. One of them is a "no" or a late topic, where there is any."""
    newest: dict[UUID, Answered] = {}
    for one in outcomes.latest(session, 20, now):
        newest.setdefault(one.topic.id, one)
    found: list[tuple[Topic, Outcome | None]] = [(one.topic, one.outcome) for one in newest.values()]
    late: list[tuple[Topic, Outcome | None]] = [(topic, None) for topic in topics.owing(session)[:1]]
    hard = next((one for one in [*found, *late] if _hard_to_say(*one)), None)
    chosen = found[:most]
    if hard and hard not in chosen:
        chosen = [*found[: most - 1], hard]
    quotes = feedback.public_quotes(session, [topic.id for topic, _ in chosen])
    return [Card(topic, outcome, quotes.get(topic.id)) for topic, outcome in chosen]


def _hard_to_say(topic: Topic, outcome: Outcome | None) -> bool:
    """A "no", or late: what a page that only praises itself would leave out."""
    return topic.word_owed or (outcome is not None and outcome.state is State.CANT)


@dataclass(frozen=True)
class Tier:
    """A level of the pyramid with its live figure."""

    level: Level
    shown: Shown


def tiers(session: Session, now: datetime) -> list[Tier]:
    """The levels, base first. A public level's people are named anyway, so its number is no secret.

    The others stand as they were when the week began. Steps of five alone would not do: somebody could join until a
    step is one person away, and see in the same hour that her neighbour has joined.
    """
    named, settled = (participation.count_by_level(session, at) for at in (now, week_began(now)))
    return [
        Tier(level, show(named[level.slug]) if level.public else show_live(settled[level.slug]))
        for level in participation.list_levels(session)
    ]


def steps(found: list[Tier], href: str) -> list[Step]:
    """The same, as the drawing wants them."""
    return [Step(tier.level.name, sentence(tier.shown.words), f"{href}#{tier.level.slug}") for tier in found]


@dataclass(frozen=True)
class Story:
    """The whole chain of one topic."""

    topic: Topic
    heard: Shown
    quotes: list[Quote]
    asked: list[Poll]
    outcomes: list[Outcome]
    merged: list[Topic]
    true_for: Shown
    is_true: bool
    follows: bool


def story(session: Session, ref: str, person_id: UUID | None, now: datetime) -> Story:
    topic = topics.get_topic(session, ref)
    if topic.merged_into_id:
        topic = topics.get_topic_by_id(session, topic.merged_into_id)
    return Story(
        topic=topic,
        heard=show_live(feedback.count_voices(session, topic.id)),
        quotes=feedback.public_voices(session, topic.id),
        asked=polls.of_topic(session, topic.id, now),
        outcomes=outcomes.of_topic(session, topic.id, now),
        merged=topics.merged_into(session, topic.id),
        # As it was when the week began, for the same reason as the levels.
        true_for=show_live(topics.count_true(session, topic.id, week_began(now))),
        is_true=topics.is_true_for(session, topic.id, person_id) if person_id else False,
        follows=person_id in topics.followers(session, topic.id) if person_id else False,
    )


def next_word(voices: list[Mine]) -> Mine | None:
    """Of what this person said: where the day of the next word comes first."""
    dated = [(one.next_word_on, one) for one in voices if one.next_word_on]
    return min(dated, key=lambda pair: pair[0])[1] if dated else None


def count_refused(session: Session, now: datetime) -> int:
    """Letters that mail servers refused or sent back in a week, and not those that we did not send ourselves."""
    refused = select(func.count()).where(
        col(Letter.refused_at) > now - timedelta(days=7),
        col(Letter.refused).not_in([*Unsent]),
    )
    return session.exec(refused).one()
