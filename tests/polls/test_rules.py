"""The life of a poll, what it lacks, whether an answer fits. Pure."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pyramid_app.polls.asking.rules import LONDON, usual_close, what_is_missing, what_is_wrong_with_times
from pyramid_app.polls.kinds import NOT_SURE, QuestionKind, check_answers, largest_answers, tally
from pyramid_app.polls.rules import State, slug, state_of

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
    why: str = "You told us."
    who_decides: str = "The board"
    where_decided: str = "Town Hall"
    decided_on: date | None = date(2027, 4, 20)
    can_change: str = "Times"
    cannot_change: str = "The company"
    next_what: str = "We tell you."
    next_by: date | None = date(2027, 4, 30)


@dataclass(frozen=True)
class Times:
    scheduled_at: datetime | None = NOW
    opens_at: datetime | None = NOW + timedelta(days=1)
    closes_at: datetime | None = NOW + timedelta(days=8)
    counted_at: datetime | None = None


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
    many = [Ques() for _ in range(5)]
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


def test_state_follows_from_the_clock_alone():
    times = Times()
    assert state_of(replace(times, scheduled_at=None), NOW) is State.WRITTEN
    assert state_of(times, NOW) is State.SCHEDULED
    assert state_of(times, NOW + timedelta(days=1)) is State.OPEN
    assert state_of(times, NOW + timedelta(days=8)) is State.CLOSED
    assert state_of(replace(times, counted_at=NOW), NOW) is State.COUNTED


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


@given(st.text())
def test_a_slug_is_always_part_of_an_address(title):
    made = slug(title)
    assert made
    assert len(made) <= 60
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@st.composite
def papers(draw: Any) -> tuple[list[Ques], dict[UUID, list[Opt]]]:
    questions, options = [], dict[UUID, list[Opt]]()
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(2, 6))
        several = draw(st.booleans())
        kind = QuestionKind.SEVERAL if several else QuestionKind.SINGLE
        question = Ques(kind=kind, at_most=draw(st.integers(2, number)) if several else 1)
        questions.append(question)
        options[question.id] = [Opt() for _ in range(number)]
    return questions, options


@st.composite
def good_answers(draw: Any, paper: Any) -> dict[str, list[str]]:
    questions, options = paper
    raw = {}
    for question in questions:
        ids = [option.id.hex for option in options[question.id]]
        most = question.at_most if question.kind is QuestionKind.SEVERAL else 1
        some = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True))
        raw[question.id.hex] = draw(st.sampled_from([[NOT_SURE], some]))
    return raw


@given(st.data())
def test_every_good_answer_is_taken_whole_and_in_the_order_of_the_paper(data):
    paper = data.draw(papers())
    raw = data.draw(good_answers(paper))
    checked = check_answers(*paper, raw=raw)
    assert checked.errors == {}
    assert {q: set(v) for q, v in checked.answers.items()} == {q: set(v) for q, v in raw.items()}
    shuffled = {q: data.draw(st.permutations(v)) for q, v in raw.items()}
    assert check_answers(*paper, raw=shuffled).answers == checked.answers


@given(st.data())
def test_no_answer_is_ever_longer_than_the_largest(data):
    paper = data.draw(papers())
    answers = check_answers(*paper, raw=data.draw(good_answers(paper))).answers
    largest = largest_answers(*paper)
    assert all(len(str(answers[q])) <= len(str(largest[q])) for q in answers)


@given(st.data(), st.text())
def test_one_bad_value_refuses_the_whole_paper(data, bad):
    paper = data.draw(papers())
    raw = data.draw(good_answers(paper))
    question = paper[0][0].id.hex
    assume(bad != NOT_SURE and bad not in [o.id.hex for o in paper[1][paper[0][0].id]])
    checked = check_answers(*paper, raw={**raw, question: [bad]})
    assert checked.answers == {}
    assert set(checked.errors) == {question}


@given(st.data())
def test_the_tally_adds_up(data):
    paper = data.draw(papers())
    sent = data.draw(st.lists(good_answers(paper), max_size=5))
    answers = [check_answers(*paper, raw=raw).answers for raw in sent]
    counts = tally(*paper, answers=answers)
    for question in paper[0]:
        assert sum(counts[question.id].values()) == sum(len(one[question.id.hex]) for one in answers)
        assert set(counts[question.id]) == {None, *(option.id for option in paper[1][question.id])}


SEVERAL = Ques(kind=QuestionKind.SEVERAL, at_most=2)
THREE = (Opt("A"), Opt("B"), Opt("C"))
A, B, C = (option.id.hex for option in THREE)


def said(question: Ques, values: list[str]) -> str:
    checked = check_answers([question], {question.id: THREE}, {question.id.hex: values})
    return checked.errors[question.id.hex].message


def test_every_mistake_has_its_own_sentence():
    single = Ques()
    sentences = {
        said(single, []),
        said(single, ["nonsense"]),
        said(single, [uuid4().hex]),
        said(single, [A, B]),
        said(SEVERAL, [A, B, C]),
        said(SEVERAL, [A, NOT_SURE]),
    }
    assert len(sentences) == 6


def test_answers_to_a_question_that_is_not_asked_are_refused():
    raw = {SEVERAL.id.hex: [A], uuid4().hex: [A]}
    assert check_answers([SEVERAL], {SEVERAL.id: THREE}, raw).errors


def test_the_same_box_twice_is_once():
    checked = check_answers([SEVERAL], {SEVERAL.id: THREE}, {SEVERAL.id.hex: [A, A, A]})
    assert checked.answers == {SEVERAL.id.hex: [A]}
