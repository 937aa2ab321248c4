"""Asking for an item: what it needs, when its answer is due, what a yes and a no need. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from pyramid_app.kit.say import Say

MOST_WORDS = 3000


class Did(StrEnum):
    ASKED = "item asked for:asked"
    ANSWERED = "item asked for:answered"


class AskLike(Protocol):
    @property
    def answer_by_on(self) -> date: ...
    @property
    def answered_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Answer:
    """``yes`` names the meeting; a no has a reason. ``None``: nothing was chosen."""

    yes: bool | None = None
    meeting_id: UUID | None = None
    because: str = ""


def what_is_wrong_with_ask(title: str, words: str) -> dict[str, Say]:
    wrong = {}
    if not title:
        wrong["title"] = Say("Give it a short name.")
    if not words:
        wrong["words"] = Say("Say why the Group should talk about it.")
    elif len(words) > MOST_WORDS:
        wrong["words"] = Say("Please make this shorter: {most} characters at the most.", most=MOST_WORDS)
    return wrong


def what_is_wrong_with_answer(answer: Answer) -> dict[str, Say]:
    if answer.yes is None:
        return {"yes": Say("Say yes or no.")}
    if answer.yes and answer.meeting_id is None:
        return {"meeting": Say("Say at which meeting.")}
    if not answer.yes and not answer.because:
        return {"because": Say("Say why not. Who asked reads it.")}
    return {}


def is_late(ask: AskLike, today: date) -> bool:
    """The day itself is still in time."""
    return ask.answered_at is None and ask.answer_by_on < today
