"""The life of a step: promised for a day → done | stopped; in between late, and moved with a reason. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pyramid_app.kit.say import Say
from pyramid_app.outcomes.rules import is_link


class Did(StrEnum):
    ADDED = "step:added"
    MOVED = "step:date changed"
    DONE = "step:done"
    STOPPED = "step:stopped"


class State(StrEnum):
    """Stored are times; this follows from them and the day."""

    OPEN = "open"
    LATE = "late"
    DONE = "done"
    STOPPED = "stopped"


SOON = timedelta(days=7)
"""So long before its day a step is on the desk's list."""


class StepLike(Protocol):
    @property
    def due_on(self) -> date: ...
    @property
    def done_at(self) -> datetime | None: ...
    @property
    def stopped_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Draft:
    """A step before it is promised. ``owner_role`` is what somebody is ("head of transport"), never who."""

    what: str = ""
    partner: str = ""
    owner_role: str = ""
    due_on: date | None = None
    shown_by: str = ""


NEEDED = {
    "what": Say("Write what happens."),
    "partner": Say("Choose who does it."),
    "owner_role": Say("Write whose job it is, like “head of transport”."),
    "shown_by": Say("Write how families will see that it is done."),
}


def state_of(step: StepLike, today: date) -> State:
    """The day itself is still in time."""
    if step.stopped_at is not None:
        return State.STOPPED
    if step.done_at is not None:
        return State.DONE
    return State.LATE if step.due_on < today else State.OPEN


class Kept(StrEnum):
    """What became of a step, judged by the day that it was promised for first, wherever that day was moved since."""

    IN_TIME = "in time"
    AFTER = "after its day"
    NOT_YET = "not yet, and its day is over"
    STOPPED = "stopped"
    COMING = "still to come"


def kept(done_on: date | None, stopped_at: datetime | None, first_due: date, today: date) -> Kept:
    if stopped_at is not None:
        return Kept.STOPPED
    if done_on is not None:
        return Kept.IN_TIME if done_on <= first_due else Kept.AFTER
    return Kept.NOT_YET if first_due < today else Kept.COMING


def what_is_missing(draft: Draft, today: date) -> dict[str, Say]:
    """By field: what this step still needs."""
    missing = {name: say for name, say in NEEDED.items() if not getattr(draft, name)}
    if draft.due_on is None or draft.due_on < today:
        missing["due_on"] = Say("Say by which day, today or later.")
    return missing


def what_is_wrong_with_move(due_on: date, on: date | None, because: str, today: date) -> dict[str, Say]:
    """A date moves to another day that is still to come, with a reason."""
    wrong = {}
    if on is None or on < today:
        wrong["due_on"] = Say("Say by which day, today or later.")
    elif on == due_on:
        wrong["due_on"] = Say("This is the day it has already.")
    if not because:
        wrong["because"] = Say("Say why the day changes. Families read it.")
    return wrong


def what_is_wrong_with_done(done_on: date | None, evidence: str, today: date) -> dict[str, Say]:
    """Done on a day that has come, with a link that shows it."""
    wrong = {}
    if done_on is None:
        wrong["done_on"] = Say("Say on which day it was done.")
    elif done_on > today:
        wrong["done_on"] = Say("This day is still to come. Is it done?")
    if not evidence:
        wrong["evidence"] = Say("Give a link that shows it.")
    elif not is_link(evidence):
        wrong["evidence"] = Say("A link begins with https://")
    return wrong
