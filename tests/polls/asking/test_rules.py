"""What a draft still lacks, and when a poll may open and close."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.polls.asking.rules import LONDON, usual_close, what_is_missing, what_is_wrong_with_times
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.rules import PollKind

NOW = datetime(2027, 3, 1, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Opt:
    name: str = "Yes"
    meaning: str = "You want it."
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Ques:
    text: str = "Shall we?"
    kind: QuestionKind = QuestionKind.SINGLE
    at_most: int = 1
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Draft:
    title: str = "Buses"
    topic_id: UUID | None = field(default_factory=uuid4)
    kind: PollKind = PollKind.POLL
    why: str = "You told us."
    proposal: str = ""
    considered: str = ""
    who_decides: str = "The board"
    where_decided: str = "Town Hall"
    decided_on: date | None = date(2027, 4, 20)
    can_change: str = "Times"
    cannot_change: str = "The company"
    next_what: str = "We tell you."
    next_by: date | None = date(2027, 4, 30)


ONE = Ques()
TWO = (Opt("Yes"), Opt("No", "You don't."))


def missing(draft: Draft = Draft(), questions: Any = (ONE,), options: Any = None) -> list[str]:
    found = what_is_missing(draft, questions, {ONE.id: TWO} if options is None else options)
    return [one.field for one in found]


def changed(name: str, value: Any) -> Draft:
    return replace(Draft(), **{name: value})


def test_a_whole_poll_lacks_nothing():
    assert missing() == []


@pytest.mark.parametrize(
    "name",
    ["title", "why", "who_decides", "where_decided", "can_change", "cannot_change", "next_what"],
)
def test_every_sentence_is_needed(name):
    assert missing(changed(name, "")) == [name]


@pytest.mark.parametrize("name", ["decided_on", "next_by"])
def test_every_day_is_needed(name):
    assert missing(changed(name, None)) == [name]


def test_topic_and_questions_are_needed():
    assert missing(replace(Draft(), topic_id=None)) == ["topic"]
    assert missing(questions=()) == ["questions"]
    many = [Ques() for _ in range(31)]
    assert missing(questions=many, options={q.id: TWO for q in many}) == ["questions"]


@pytest.mark.parametrize(
    ("question", "options"),
    [
        (replace(ONE, text=""), TWO),
        (ONE, TWO[:1]),
        (ONE, (*TWO, Opt("", "What?"))),
        (ONE, (*TWO, Opt("Perhaps", ""))),
        (ONE, (*TWO, Opt("yes"))),
        (replace(ONE, kind=QuestionKind.SEVERAL, at_most=1), TWO),
        (replace(ONE, kind=QuestionKind.SEVERAL, at_most=3), TWO),
    ],
)
def test_every_question_is_whole(question, options):
    assert missing(questions=(question,), options={ONE.id: options}) == ["questions-0"]


def test_a_consultation_says_what_is_proposed_and_what_else_was_thought_about():
    proposing = replace(Draft(), kind=PollKind.CONSULTATION)
    assert missing(proposing) == ["proposal", "considered"]
    assert missing(replace(proposing, proposal="One bus less, because of money.", considered="A later start.")) == []


@pytest.mark.parametrize(
    ("kind", "options", "whole"),
    [
        (QuestionKind.RANKING, TWO, True),
        (QuestionKind.RANKING, TWO[:1], False),
        (QuestionKind.SCALE, (Opt("Bad", ""), Opt("Good", "")), True),
        (QuestionKind.STATEMENTS, (Opt("We are heard.", ""), Opt("We are told.", "")), True),
        (QuestionKind.STATEMENTS, (Opt("We are heard.", ""), Opt("we are heard.", "")), False),
        (QuestionKind.TEXT, (), True),
        (QuestionKind.TEXT, TWO, False),
        (QuestionKind.SINGLE, tuple(Opt(f"Answer {n}") for n in range(30)), True),
        (QuestionKind.SINGLE, tuple(Opt(f"Answer {n}") for n in range(2000)), False),
    ],
)
def test_every_kind_says_what_it_lacks(kind, options, whole):
    question = replace(ONE, kind=kind)
    assert missing(questions=(question,), options={ONE.id: options}) == ([] if whole else ["questions-0"])


def wrong_times(opens: datetime | None, closes: datetime | None, next_by: date | None = date(2027, 4, 30)) -> list[str]:
    return [one.field for one in what_is_wrong_with_times(opens, closes, next_by, NOW)]


def test_times():
    close = datetime(2027, 3, 14, 22, tzinfo=LONDON)
    assert wrong_times(NOW, close) == []
    assert wrong_times(None, close) == wrong_times(NOW, None) == ["closes_on"]
    assert wrong_times(close, close) == ["closes_on"]
    assert wrong_times(NOW - timedelta(days=9), NOW - timedelta(days=1)) == ["closes_on"]
    assert wrong_times(NOW, close, date(2027, 3, 14)) == ["closes_on"]
    assert wrong_times(NOW, datetime(2027, 3, 28, 1, 30, tzinfo=LONDON)) == ["closes_hour"]


@given(st.integers(0, 4 * 365 * 24 * 60), st.integers(1, 90))
def test_the_usual_close_is_a_sunday_at_ten_in_london(minutes, days):
    opens = NOW + timedelta(minutes=minutes)
    close = usual_close(opens, days)
    assert (close.astimezone(LONDON).weekday(), close.astimezone(LONDON).hour) == (6, 22)
    assert timedelta(days=days - 1) < close - opens < timedelta(days=days + 8)
