"""A town with a full box: as many families as a drill wants, each with an envelope that the product itself sealed.

The box lies in the database as if they had all cast; nothing else about it is made up.
"""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, func, select
from uuid6 import uuid7

from pyramid_app.accounts.models import Person
from pyramid_app.accounts.rules import PersonKind
from pyramid_app.ballots import queries as ballots
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.ballots.sealing import seal
from pyramid_app.base import clock
from pyramid_app.base.actor import system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import working
from pyramid_app.feedback.models import Voice, VoiceText
from pyramid_app.polls import queries
from pyramid_app.polls.asking.drafts import QuestionDraft
from pyramid_app.polls.kinds import TELL_ME, Answers, Asked, QuestionKind, check_answers
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import Paper
from pyramid_app.polls.results import stored
from pyramid_app.polls.results.models import PollResult
from pyramid_app.polls.results.views import QuestionSeen
from tests.polls.builders import EVERY_KIND, a_poll, from_today

TEAM = system("drill")
WORDS = QuestionDraft("What else?", kind=QuestionKind.TEXT, at_most=200)
MORE_WORDS = QuestionDraft("And what works well?", kind=QuestionKind.TEXT, at_most=200)
PAPER = (*EVERY_KIND[:-1], WORDS, MORE_WORDS)
WROTE, WANTS_TO_HEAR = 0.2, 0.1
"""The share of families that wrote to each question in their own words; of those, the share that wants to hear."""

AT_ONCE = 2000


@dataclass
class Box:
    """A closed poll with its envelopes, and what must come out: by question the answers added up; all words."""

    poll: Poll
    paper: Paper
    tallies: dict[str, Counter[str]] = field(default_factory=dict)
    words: dict[str, UUID | None] = field(default_factory=dict)


def a_full_box(database: Database, settings: Settings, families: int, title: str, seed: int = 1) -> Box:
    """A poll that closed a week ago, and ``families`` envelopes in it."""
    opened = clock.now() - timedelta(days=28)
    with working(database, TEAM, opened) as work:
        poll = a_poll(work, settings.keys, questions=PAPER, facts=("age",), title=title, **from_today(work))
        paper = queries.paper_of(work.session, poll)
        ballot = ballots.get_ballot(work.session, poll.ballot_id or b"")
        public = ballots.public_key(work.session, ballot)
    box, waiting = Box(poll, paper), _families(paper, families, Random(seed))
    while some := list(islice(waiting, AT_ONCE)):
        rolls = [secrets.token_bytes(16) for _ in some]
        people = [uuid7() for _ in some]
        _note(box, zip(people, some, strict=True))
        with database.writing() as session:
            session.execute(sa.insert(Person), [_person(one) for one in people])
            session.execute(sa.insert(RollEntry), [
                {"id": roll, "ballot_id": ballot.id, "person_id": person, "joined_while_open": False}
                for roll, person in zip(rolls, people, strict=True)
            ])  # fmt: skip
            session.execute(sa.insert(Envelope), [
                {"ballot_id": ballot.id, "roll_id": roll,
                 "sealed": seal(public, ballot.id, roll, answers, ballot.envelope_size)}
                for roll, answers in zip(rolls, some, strict=True)
            ])  # fmt: skip
    return box


def _person(ident: UUID) -> dict[str, Any]:
    return {
        "id": ident, "kind": PersonKind.PARENT_CARER, "name": "", "job": "", "language": "en", "wants_questions": False,
        "wants_answers": False, "wants_notices": False, "passes": 0, "added_at": clock.now(),
    }  # fmt: skip


def _families(paper: Paper, number: int, random: Random) -> Iterator[Answers]:
    """Their answers: a few hundred papers that fit, drawn at random, with words of each family's own."""
    some = [_fitting(paper.asked, random) for _ in range(300)]
    texts = [question.id.hex for question in paper.questions if question.kind is QuestionKind.TEXT]
    for family in range(number):
        answers = dict(random.choice(some))
        for question in texts:
            wrote, wants = random.random() < WROTE, random.random() < WANTS_TO_HEAR
            words = f"Family {family} to {question[-6:]}: the bus was late again and nobody told us why."
            answers[question] = [words, *([TELL_ME] if wants else [])] if wrote else []
        yield answers


def _fitting(asked: Asked, random: Random) -> Answers:
    boxes: dict[str, Sequence[str]] = {"share-age": [random.choice(["", *asked.facts["age"]])]}
    for question in asked.questions:
        name, options = question.id.hex, [option.id.hex for option in asked.options[question.id]]
        if question.kind is QuestionKind.RANKING:
            order = random.sample(options, random.randint(1, len(options)))
            boxes |= {f"{name}-{one}": [str(place)] for place, one in enumerate(order, start=1)}
        elif question.kind is QuestionKind.STATEMENTS:
            boxes |= {f"{name}-{one}": [random.choice(["agree", "disagree", "pass"])] for one in options}
        elif question.kind is not QuestionKind.TEXT:
            boxes[name] = [random.choices(options, weights=range(len(options), 0, -1))[0]]
    checked = check_answers(asked, boxes)
    assert not checked.errors, checked.errors
    return checked.answers


def _note(box: Box, some: Iterator[tuple[UUID, Answers]]) -> None:
    for person, answers in some:
        for question in box.paper.questions:
            said = answers[question.id.hex]
            if question.kind is not QuestionKind.TEXT:
                box.tallies.setdefault(question.id.hex, Counter()).update(said)
            elif said:
                box.words[said[0]] = person if TELL_ME in said else None


def holds(database: Database, box: Box, families: int) -> None:
    """Everybody was counted once, every word is there once, nothing lies in the box any more."""
    with database.reading() as session:
        result = session.get_one(PollResult, box.poll.id)
        assert (result.on_roll, result.answered, result.spoilt) == (families, families, 0)
        seen = {one.id: one for one in stored.read(result.document).questions}
        for question in box.paper.questions:
            if question.kind in (QuestionKind.SINGLE, QuestionKind.SEVERAL, QuestionKind.SCALE):
                _shows(seen[question.id.hex], box.tallies[question.id.hex], families)
        ballot = box.poll.ballot_id
        left = select(func.count()).select_from(Envelope).where(Envelope.ballot_id == ballot)
        took = select(func.count()).select_from(RollEntry)
        took = took.where(RollEntry.ballot_id == ballot, col(RollEntry.took_part).is_(True))
        assert (session.exec(left).one(), session.exec(took).one()) == (0, families)
        brought = (
            select(VoiceText.text, Voice.person_id).join(Voice).where(Voice.suggested_topic_id == box.poll.topic_id)
        )
        heard = session.exec(brought).all()
        assert len(heard) == len(box.words)
        assert dict(heard) == box.words


def _shows(seen: QuestionSeen, tally: Counter[str], families: int) -> None:
    """As many as were sealed, wherever the small-number rules show a number at all."""
    assert seen.shown is not None
    lines = {line.options[0]: line.number for line in seen.shown.lines if not line.merged}
    assert all(tally[name] == number for name, number in lines.items())
    assert lines or families < 100
