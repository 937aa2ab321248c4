"""What an exercise is, how much those who come may change, and what it takes to write one down. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pyramid_app.kit.say import Say
from pyramid_app.meetings import rules

MOST_CAME, MOST_NOTES, MOST_CONSENT = 2000, 6, 200
BACK, AHEAD = timedelta(days=366), timedelta(days=731)


class Did(StrEnum):
    PLANNED = "exercise:planned"
    CHANGED = "exercise:changed"
    WRITTEN_UP = "exercise:written up"


class ExerciseKind(StrEnum):
    WORKSHOP = "workshop"
    COFFEE = "coffee morning"
    VISIT = "visit"


class Degree(StrEnum):
    """How much those who come may change."""

    INFORM = "inform"
    CONSULT = "consult"
    PARTICIPATE = "participate"
    CO_PRODUCE = "co-produce"


class Came(StrEnum):
    PARENTS = "parents"
    YOUNG_PEOPLE = "young people"
    OFFICERS = "officers"
    HEALTH = "health"
    SCHOOLS = "schools"
    OTHERS = "others"


KINDS: Mapping[ExerciseKind, Say] = {
    ExerciseKind.WORKSHOP: Say("Workshop"),
    ExerciseKind.COFFEE: Say("Coffee morning"),
    ExerciseKind.VISIT: Say("Visit"),
}
DEGREES: Mapping[Degree, Say] = {
    Degree.INFORM: Say("We tell you what happens. Nothing is to be decided."),
    Degree.CONSULT: Say("We ask what you think before we decide."),
    Degree.PARTICIPATE: Say("You help us work it out. We decide in the end."),
    Degree.CO_PRODUCE: Say("We work it out together, and decide together."),
}
CAME: Mapping[Came, Say] = {
    Came.PARENTS: Say("Parents and carers"),
    Came.YOUNG_PEOPLE: Say("Children and young people"),
    Came.OFFICERS: Say("Officers"),
    Came.HEALTH: Say("From health"),
    Came.SCHOOLS: Say("From schools"),
    Came.OTHERS: Say("Others"),
}


@dataclass(frozen=True)
class Plan(rules.Plan):
    """Besides when and where: what it is, about which topic, and whether any family may come."""

    kind: ExerciseKind | None = None
    degree: Degree | None = None
    topic_id: UUID | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Note:
    """What somebody said there. ``may_quote``: with a yes to its standing on the website. ``young``: by whom."""

    words: str
    may_quote: bool = False
    young: bool = False


def what_is_wrong(plan: Plan, now: datetime) -> dict[str, Say]:
    """Why it can't stand there so, by field. One that was held may be written down for a year."""
    needed = {
        "kind": (plan.kind, Say("Say what it is.")),
        "degree": (plan.degree, Say("Say how much those who come may change.")),
        "title": (plan.title, Say("Give it a short name.")),
        "topic": (plan.topic_id, Say("Choose what it is about.")),
        "on": (plan.starts_at, Say("Say on which day it is.")),
        "place": (plan.place or plan.link, Say("Say where it is, or give a link to join.")),
    }
    wrong = {name: say for name, (there, say) in needed.items() if not there}
    if plan.starts_at and plan.starts_at < now - BACK:
        wrong["on"] = Say("This day is more than a year ago. Choose a later one.")
    if plan.starts_at and plan.starts_at > now + AHEAD:
        wrong["on"] = Say("This day is more than two years ahead. Choose an earlier one.")
    if plan.starts_at and plan.ends_at and plan.ends_at <= plan.starts_at:
        wrong["ends"] = Say("It ends after it starts. Choose a later time.")
    if plan.link and not rules.is_safe_link(plan.link):
        wrong["link"] = Say("A link begins with https://")
    return wrong


def what_is_wrong_with_came(came: Mapping[Came, int]) -> dict[str, Say]:
    """By field, which is the kind's own name in code."""
    say = Say("Write a number from 0 to {most}.", most=MOST_CAME)
    return {kind.name.lower(): say for kind, number in came.items() if not 0 <= number <= MOST_CAME}


def what_is_wrong_with_consent(notes: Sequence[Note], consent: str) -> dict[str, Say]:
    if notes and not consent:
        return {"consent": Say("Write how they said yes, like: asked the room, nobody minded.")}
    if len(consent) > MOST_CONSENT:
        return {"consent": Say("Please make this shorter: {most} characters at the most.", most=MOST_CONSENT)}
    return {}
