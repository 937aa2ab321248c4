"""The life of a poll (``DESIGN.md`` 7), what is still missing, whether an answer fits, and adding up. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from pyramid_app.kit.say import Say

LONDON = ZoneInfo("Europe/London")
NOT_SURE = "not sure"
MOST_QUESTIONS = 4
MOST_OPTIONS = 6
CLOSING_HOUR = 22


class QuestionKind(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"


class Did(StrEnum):
    WRITTEN = "poll:written"
    CHANGED = "poll:changed"
    SCHEDULED = "poll:scheduled"
    COUNTED = "poll:counted"


class State(StrEnum):
    """Where a poll is in its life. Stored are times; this follows from them and the clock."""

    WRITTEN = "being written"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"


class OptionLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def meaning(self) -> str: ...


class QuestionLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> QuestionKind: ...
    @property
    def at_most(self) -> int: ...


class PollLike(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def topic_id(self) -> UUID | None: ...
    @property
    def why(self) -> str: ...
    @property
    def who_decides(self) -> str: ...
    @property
    def where_decided(self) -> str: ...
    @property
    def decided_on(self) -> date | None: ...
    @property
    def can_change(self) -> str: ...
    @property
    def cannot_change(self) -> str: ...
    @property
    def next_what(self) -> str: ...
    @property
    def next_by(self) -> date | None: ...


class TimesLike(Protocol):
    @property
    def scheduled_at(self) -> datetime | None: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def counted_at(self) -> datetime | None: ...


Options = Mapping[UUID, Sequence[OptionLike]]
"""The options of each question, as they stand on the paper."""


@dataclass(frozen=True)
class Missing:
    """One thing that a poll lacks: ``field`` is the part of the page that it belongs to."""

    field: str
    say: Say


def state_of(poll: TimesLike, now: datetime) -> State:
    """Half-open: open from ``opens_at`` up to, not including, ``closes_at``. No job needs to have run."""
    if poll.scheduled_at is None or poll.opens_at is None or poll.closes_at is None:
        return State.WRITTEN
    if poll.counted_at is not None:
        return State.COUNTED
    if now < poll.opens_at:
        return State.SCHEDULED
    return State.OPEN if now < poll.closes_at else State.CLOSED


NEEDED = {
    "title": Say("Give it a title."),
    "why": Say("Say why you ask."),
    "who_decides": Say("Say who decides."),
    "where_decided": Say("Say where it is decided."),
    "decided_on": Say("Say on which day it is decided."),
    "can_change": Say("Say what can change."),
    "cannot_change": Say("Say what cannot change."),
    "next_what": Say("Say what happens next."),
    "next_by": Say("Say by which day families hear what happens next."),
}


def what_is_missing(poll: PollLike, questions: Sequence[QuestionLike], options: Options) -> list[Missing]:
    """Everything but the times that a poll still needs before it can be scheduled, in the order of its page."""
    missing = [Missing(name, say) for name, say in NEEDED.items() if not getattr(poll, name)]
    if poll.topic_id is None:
        missing.append(Missing("topic", Say("Choose the topic it is about.")))
    if not questions:
        missing.append(Missing("questions", Say("Write at least one question.")))
    if len(questions) > MOST_QUESTIONS:
        missing.append(Missing("questions", Say("Ask {most} questions at the most.", most=MOST_QUESTIONS)))
    for number, question in enumerate(questions, start=1):
        lacks = _what_question_lacks(number, question, options.get(question.id, ()))
        missing += [Missing(f"questions-{number - 1}", say) for say in lacks]
    return missing


def _what_question_lacks(number: int, question: QuestionLike, options: Sequence[OptionLike]) -> list[Say]:
    lacks = []
    if not question.text:
        lacks.append(Say("Write question {number}.", number=number))
    if len(options) < 2:
        lacks.append(Say("Question {number} needs two answers or more to choose from.", number=number))
    if any(not option.name for option in options):
        lacks.append(Say("Give every answer of question {number} a name.", number=number))
    if any(option.name and not option.meaning for option in options):
        lacks.append(Say("Say what every answer of question {number} means.", number=number))
    names = [option.name.casefold() for option in options if option.name]
    if len(set(names)) < len(names):
        lacks.append(Say("Two answers of question {number} have the same name.", number=number))
    if question.kind is QuestionKind.SEVERAL and not 2 <= question.at_most <= max(len(options), 2):
        lacks.append(Say("Say how many answers may be chosen in question {number}: two or more.", number=number))
    return lacks


def what_is_wrong_with_times(
    opens_at: datetime | None, closes_at: datetime | None, next_by: date | None, now: datetime
) -> list[Missing]:
    """Whether a poll may open and close then."""
    if opens_at is None or closes_at is None:
        return [Missing("closes_on", Say("Say when it opens and when it closes."))]
    wrong = []
    if closes_at <= opens_at or closes_at <= now:
        wrong.append(Missing("closes_on", Say("It must close later than it opens.")))
    if closes_at.astimezone(LONDON).time() < time(4):
        # Then a closing time can come twice, or never, when the clocks change.
        wrong.append(Missing("closes_hour", Say("It cannot close between midnight and 4 am.")))
    if next_by is not None and next_by <= closes_at.astimezone(LONDON).date():
        wrong.append(Missing("closes_on", Say("What happens next must be later than the day it closes.")))
    return wrong


def usual_close(opens_at: datetime, days: int) -> datetime:
    """The first Sunday, 10 pm in London, that is at least ``days`` days after the day of opening (``DESIGN.md`` 8)."""
    first = opens_at.astimezone(LONDON).date() + timedelta(days=days)
    sunday = first + timedelta(days=6 - first.weekday())
    return datetime.combine(sunday, time(CLOSING_HOUR), LONDON)


def slug(title: str) -> str:
    """The title as the readable part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60].strip("-") or "question"


Answers = dict[str, list[str]]
"""What one family chose: by question id (hex), the ids (hex) of the options in the paper's order, or "not sure"."""


@dataclass(frozen=True)
class Checked:
    """Either whole ``answers``, or ``errors`` by question id (hex)."""

    answers: Answers = field(default_factory=dict)
    errors: Mapping[str, Say] = field(default_factory=dict)


def check_answers(questions: Sequence[QuestionLike], options: Options, raw: Mapping[str, Sequence[str]]) -> Checked:
    """What was sent, by question id (hex), checked against the paper. Every question needs an answer or "not sure"."""
    answers, errors = {}, {}
    for question in questions:
        chosen = list(dict.fromkeys(raw.get(question.id.hex, ())))
        on_paper = [option.id.hex for option in options.get(question.id, ())]
        wrong = _what_is_wrong(question, on_paper, chosen)
        if wrong:
            errors[question.id.hex] = wrong
        else:
            answers[question.id.hex] = sorted(chosen, key=[*on_paper, NOT_SURE].index)
    strangers = set(raw) - {question.id.hex for question in questions}
    if strangers and not errors and questions:
        errors[questions[0].id.hex] = Say("Some of what was sent belongs to another question. Please choose again.")
    return Checked({} if errors else answers, errors)


def _what_is_wrong(question: QuestionLike, on_paper: Sequence[str], chosen: Sequence[str]) -> Say | None:
    if not chosen:
        return Say("Choose an answer, or “I am not sure”.")
    strange = [one for one in chosen if one != NOT_SURE and one not in on_paper]
    if any(_is_id(one) for one in strange):
        return Say("This answer belongs to another question. Choose one from this list.")
    if strange:
        return Say("We don't know this answer. Choose one from the list.")
    if NOT_SURE in chosen and len(chosen) > 1:
        return Say("Choose “I am not sure” alone, or leave it out.")
    if question.kind is QuestionKind.SINGLE and len(chosen) > 1:
        return Say("Choose only one answer.")
    if question.kind is QuestionKind.SEVERAL and len(chosen) > question.at_most:
        return Say("Choose up to {most}. You chose {chosen}.", most=question.at_most, chosen=len(chosen))
    return None


def _is_id(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None


def largest_answers(questions: Sequence[QuestionLike], options: Options) -> Answers:
    """The longest answer that a paper can hold: it fixes the size of every envelope."""
    return {
        question.id.hex: [option.id.hex for option in options[question.id]][: _most(question)] for question in questions
    }


def _most(question: QuestionLike) -> int:
    return question.at_most if question.kind is QuestionKind.SEVERAL else 1


def tally(
    questions: Sequence[QuestionLike], options: Options, answers: Iterable[Answers]
) -> dict[UUID, dict[UUID | None, int]]:
    """How often each option of each question was chosen; ``None`` is "not sure". The answers have been checked."""
    counts: dict[UUID, dict[UUID | None, int]] = {
        question.id: {**{option.id: 0 for option in options[question.id]}, None: 0} for question in questions
    }
    for one in answers:
        for question in questions:
            for chosen in one[question.id.hex]:
                counts[question.id][None if chosen == NOT_SURE else UUID(chosen)] += 1
    return counts
