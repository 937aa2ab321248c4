"""What a poll still lacks before it can be scheduled, and whether it may open and close then. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds import OptionLike, Options, QuestionKind, QuestionLike

LONDON = ZoneInfo("Europe/London")
MOST_QUESTIONS = 4
MOST_OPTIONS = 6
CLOSING_HOUR = 22


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


@dataclass(frozen=True)
class Missing:
    """One thing that a poll lacks: ``field`` is the part of the page that it belongs to."""

    field: str
    say: Say


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
