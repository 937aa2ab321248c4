"""What a poll still lacks before it can be scheduled, and whether it may open and close then. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds import KINDS, Options, QuestionLike
from pyramid_app.polls.rules import Missing, PollKind

LONDON = ZoneInfo("Europe/London")
MOST_QUESTIONS = 30
"""Enough for a question on each promise of a charter; whoever asks so many hears how long it takes."""
CLOSING_HOUR = 22


class PollLike(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def topic_id(self) -> UUID | None: ...
    @property
    def kind(self) -> PollKind: ...
    @property
    def why(self) -> str: ...
    @property
    def proposal(self) -> str: ...
    @property
    def considered(self) -> str: ...
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
NEEDED_TO_PROPOSE = {
    "proposal": Say("Say what is proposed, and why."),
    "considered": Say("Say which other ways were thought about."),
    "cannot_change": Say("Say what is fixed."),
}
"""What a consultation needs besides: families must be able to understand and answer what is proposed, while it can
still change (the Gunning principles, ``domain.md`` 3)."""


def what_is_missing(poll: PollLike, questions: Sequence[QuestionLike], options: Options) -> list[Missing]:
    """Everything but the times that a poll still needs before it can be scheduled, in the order of its page."""
    needed = {**NEEDED, **NEEDED_TO_PROPOSE} if poll.kind is PollKind.CONSULTATION else NEEDED
    missing = [Missing(name, say) for name, say in needed.items() if not getattr(poll, name)]
    if poll.topic_id is None:
        missing.append(Missing("topic", Say("Choose the topic it is about.")))
    if not questions:
        missing.append(Missing("questions", Say("Write at least one question.")))
    if len(questions) > MOST_QUESTIONS:
        missing.append(Missing("questions", Say("Ask {most} questions at the most.", most=MOST_QUESTIONS)))
    for number, question in enumerate(questions, start=1):
        lacks = [] if question.text else [Say("Write question {number}.", number=number)]
        lacks += KINDS[question.kind].lacks(number, question, options.get(question.id, ()))
        missing += [Missing(f"questions-{number - 1}", say) for say in lacks]
    return missing


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
