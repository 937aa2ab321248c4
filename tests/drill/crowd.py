"""A town in which many families have spoken, written straight into the tables: the verbs would take an hour."""

import random
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from pyramid_app.base.db import Database, table
from pyramid_app.base.work import working
from pyramid_app.charter import service as charter
from pyramid_app.charter.sample import INTRODUCTION, PRINCIPLES
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.outcomes.models import Outcome
from pyramid_app.topics.models import Topic, TopicCommitment, WordPromised
from tests.builders import a_member, an_officer, the_area
from tests.drill.town import TEAM

VOICES_A_TOPIC, VOICES_AN_OUTCOME, WAITING = 25, 100, 40
SAID = ("bus", "late", "driver", "taxi", "seat", "school", "plan", "letter", "wait", "lunch", "quiet", "room", "help")
AT_ONCE = 5000


def a_crowd(database: Database, voices: int, now: datetime) -> UUID:
    """``voices`` voices under a twenty-fifth as many topics, with a hundredth as many answers; 40 wait on the desk.

    Returns the officer.
    """
    chance = random.Random(1)
    with working(database, TEAM, now - timedelta(days=400)) as work:
        the_area(work)
        charter.lay_charter(work, INTRODUCTION, PRINCIPLES, sample=True)
        officer = an_officer(work, lead=True)
        people = [a_member(work, f"family{number}@example.org").id for number in range(50)]
    topics = [uuid4() for _ in range(voices // VOICES_A_TOPIC)]
    _write(database, Topic, [_topic(one, at, officer.id, now) for at, one in enumerate(topics)])
    links = [{"topic_id": one, "edition": 1, "commitment": 1 + at % 9} for at, one in enumerate(topics)]
    _write(database, TopicCommitment, links)
    _write(database, WordPromised, [
        {"id": uuid4(), "topic_id": one, "word_on": now.date() + timedelta(days=20), "promised_at": now, "why": ""}
        for one in topics
    ])  # fmt: skip
    spoken, texts = [], []
    for number in range(voices):
        one, words = uuid4(), " ".join(chance.choices(SAID, k=12))
        spoken.append(
            _voice(one, number, topics[number % len(topics)], people[number % 50], officer.id, now, number >= WAITING)
        )
        stages = ("raw", "cleared", "public") if number >= WAITING else ("raw",)
        texts += [
            {"voice_id": one, "stage": stage, "text": f"{words} {number}", "original": "", "translated_how": ""}
            for stage in stages
        ]
    _write(database, Voice, spoken)
    _write(database, VoiceText, texts)
    answers = [uuid4() for _ in range(voices // VOICES_AN_OUTCOME)]
    _write(
        database,
        Outcome,
        [_outcome(one, topics[at * 4 % len(topics)], at, officer.id, now) for at, one in enumerate(answers)],
    )
    _index(database)
    return officer.id


def _topic(topic_id: UUID, at: int, owner: UUID, now: datetime) -> dict[str, object]:
    return {
        "id": topic_id, "ref": f"topic-{at}", "title": f"{SAID[at % len(SAID)]} {at}", "summary": "", "state": "heard",
        "owner_id": owner, "started_at": now - timedelta(days=300, minutes=at), "word_owed": False,
        "next_word_on": now.date() + timedelta(days=20),
    }  # fmt: skip


def _voice(
    voice_id: UUID, at: int, topic: UUID, person: UUID, officer: UUID, now: datetime, filed: bool
) -> dict[str, object]:
    sorting = {"topic_id": topic, "sorted_at": now - timedelta(days=2), "sorted_as": "filed", "sorted_by_id": officer}
    waiting = dict.fromkeys(sorting)
    return {
        "id": voice_id, "ref": f"V{at:07}", "about": "how things work", "speaker": "parent carer", "channel": "web",
        "language": "en", "naming": "known to us", "person_id": person, "consent": "", "may_quote": True, "tell": True,
        "asked": "", "received_at": now - timedelta(days=at % 360 + 1), "word_owed": False,
        "next_word_on": now.date() + timedelta(days=9), **(sorting if filed else waiting),
    }  # fmt: skip


def _outcome(outcome_id: UUID, topic: UUID, at: int, officer: UUID, now: datetime) -> dict[str, object]:
    return {
        "id": outcome_id, "topic_id": topic, "state": "working on it", "you_said": f"You said {at}.",
        "we_did": f"We ask about {SAID[at % len(SAID)]}.", "for_families": "You wait less.", "evidence": "",
        "reason": "", "instead": "", "to_whom": "", "by_id": officer, "ref": f"answer-{at}", "version": 1,
        "because": "", "telling_id": outcome_id, "answered_at": now - timedelta(days=at % 300 + 1), "moved_at": now,
        "told_at": now,
        "published_at": now - timedelta(days=at % 300 + 1),
    }  # fmt: skip


def _write(database: Database, model: type, rows: list[dict[str, object]]) -> None:
    for start in range(0, len(rows), AT_ONCE):
        with database.writing() as session:
            session.execute(sa.insert(table(model)), rows[start : start + AT_ONCE])


def _index(database: Database) -> None:
    kept = sa.text(
        "INSERT INTO outcome_search (outcome_id, words)"
        " SELECT outcome.id, topic.title || ' ' || outcome.we_did"
        " FROM outcome JOIN topic ON topic.id = outcome.topic_id"
    )
    with database.writing() as session:
        session.execute(kept)
        session.execute(sa.text("ANALYZE"))
