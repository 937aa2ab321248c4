"""When a question may be asked: the area's school terms, religious days and pre-election periods. Pure.

Every period, and the time a question is open, is given by its first and its last day in London; both belong to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from pyramid_app.kit.say import Say

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
LONG_AGO = timedelta(days=366)
FAR_AHEAD = timedelta(days=5 * 366)
LONGEST_BREAK = timedelta(days=63)
"""The summer holidays with room to spare: a longer gap between two terms is one that nobody has filled in yet."""
LOOK_BACK = LONGEST_BREAK + DAY
"""Periods that ended so long before the opening still say whether it is term time: hand them to the rules as well."""
SOON = timedelta(days=14)
"""A result goes out some days after the close."""
NAME_AT_MOST = 120


class DayKind(StrEnum):
    TERM = "school term"
    RELIGIOUS = "religious day"
    PRE_ELECTION = "pre-election period"
    OTHER = "another date that matters"


KINDS: Mapping[DayKind, Say] = {
    DayKind.TERM: Say("School term"),
    DayKind.RELIGIOUS: Say("Religious day"),
    DayKind.PRE_ELECTION: Say("Pre-election period"),
    DayKind.OTHER: Say("Another date that matters"),
}
"""What people read for each."""


class Period(Protocol):
    """What the rules need to know of a row, or of a period that is not stored."""

    @property
    def kind(self) -> DayKind: ...
    @property
    def name(self) -> str: ...
    @property
    def from_on(self) -> date: ...
    @property
    def until_on(self) -> date: ...


@dataclass(frozen=True)
class Days:
    """A period that is not stored. ``until_on`` is its last day."""

    kind: DayKind
    name: str
    from_on: date
    until_on: date


def what_is_wrong_with_period(
    kind: str | None, name: str, from_on: date | None, until_on: date | None, today: date
) -> Mapping[str, Say]:
    """What to mend before this can stand in the calendar, by field; empty where nothing is wrong."""
    wrong: dict[str, Say] = {}
    if kind not in set(DayKind):
        wrong["kind"] = Say("Choose what it is.")
    if not name.strip():
        wrong["name"] = Say("Write its name, like Spring term.")
    elif len(name) > NAME_AT_MOST:
        wrong["name"] = Say("Please make this shorter: {most} characters at the most.", most=NAME_AT_MOST)
    if from_on is None:
        wrong["from_on"] = Say("Write the first day, like 27 3 2027.")
    if until_on is None:
        wrong["until_on"] = Say("Write the last day, like 27 3 2027.")
    if from_on is not None and until_on is not None:
        wrong.update(_wrong_days(from_on, until_on, today))
    return wrong


def _wrong_days(from_on: date, until_on: date, today: date) -> Mapping[str, Say]:
    if until_on < from_on:
        return {"until_on": Say("The last day must not come before the first.")}
    if until_on - from_on >= LONGEST:
        return {"until_on": Say("This is longer than a year. Look at the years again.")}
    if today - until_on > LONG_AGO:
        return {"until_on": Say("This ended more than a year ago. Look at the years again.")}
    if from_on - today > FAR_AHEAD:
        return {"from_on": Say("This is more than five years away. Look at the year again.")}
    return {}


def what_speaks_against(
    periods: Iterable[Period], opens_on: date, closes_on: date, in_term_days_needed: int
) -> list[Say]:
    """Why a question may not be open from ``opens_on`` to ``closes_on``; one sentence each, empty where it may.

    Nothing is open on any day of a pre-election period; nothing opens or closes on a religious day; at least
    ``in_term_days_needed`` calendar days (all of them, if it is open for fewer) lie in a school term, where terms
    are entered for that part of the year. A close before the opening is refused elsewhere; here it has no reasons.
    """
    known, asked = _in_order(periods), Days(DayKind.OTHER, "", opens_on, closes_on)
    if closes_on < opens_on:
        return []
    terms = [period for period in known if period.kind is DayKind.TERM]
    return [
        *(_before_an_election(each) for each in known if each.kind is DayKind.PRE_ELECTION and _overlap(each, asked)),
        *(reason for each in known if each.kind is DayKind.RELIGIOUS for reason in _on_a_religious_day(each, asked)),
        *_too_little_term(terms, asked, in_term_days_needed),
    ]


def _before_an_election(period: Period) -> Say:
    return Say(
        "In the weeks before an election we don't ask families new questions: {name}, {first} to {last}.",
        name=period.name,
        first=period.from_on,
        last=period.until_on,
    )


def _on_a_religious_day(period: Period, asked: Period) -> list[Say]:
    reasons = []
    if _holds(period, asked.from_on):
        reasons.append(Say("It would open on a religious day: {name}, {on}.", name=period.name, on=asked.from_on))
    if _holds(period, asked.until_on):
        reasons.append(Say("It would close on a religious day: {name}, {on}.", name=period.name, on=asked.until_on))
    return reasons


def _too_little_term(terms: Sequence[Period], asked: Period, needed: int) -> list[Say]:
    nearest = _judging_term(terms, asked)
    if nearest is None:
        return []
    in_term, needed = days_in_term(terms, asked.from_on, asked.until_on), min(needed, _length(asked))
    if in_term >= needed:
        return []
    facts = {"needed": needed, "name": nearest.name, "first": nearest.from_on, "last": nearest.until_on}
    if in_term == 0:
        return [
            Say(
                "Families need {needed} days in a school term to answer, and none of these is in one: "
                "{name} is from {first} to {last}.",
                **facts,
            )
        ]
    return [
        Say(
            "Families need {needed} days in a school term to answer, and only {days} of these are: "
            "{name} is from {first} to {last}.",
            days=in_term,
            **facts,
        )
    ]


def days_in_term(periods: Iterable[Period], opens_on: date, closes_on: date) -> int:
    """How many calendar days of that time lie in a school term; a day in two terms counts once."""
    days, next_one = 0, opens_on.toordinal()
    for period in _in_order(periods):
        if period.kind is DayKind.TERM:
            first = max(next_one, period.from_on.toordinal())
            after = min(period.until_on, closes_on).toordinal() + 1
            days += max(after - first, 0)
            next_one = max(next_one, after)
    return days


def _judging_term(terms: Sequence[Period], asked: Period) -> Period | None:
    """The term to name where terms are known for that time: one lies in it or touches it, or it falls in a break
    between two terms. ``None`` where nobody has entered the terms of that part of the year."""
    touching = [term for term in terms if term.from_on - asked.until_on <= DAY and asked.from_on - term.until_on <= DAY]
    if touching:
        return max(touching, key=lambda term: _overlap(term, asked))
    before = max((term.until_on for term in terms if term.until_on < asked.from_on), default=None)
    after = min((t for t in terms if t.from_on > asked.until_on), key=lambda t: t.from_on, default=None)
    if before is None or after is None or after.from_on - before - DAY > LONGEST_BREAK:
        return None
    return after


def what_to_know(periods: Iterable[Period], opens_on: date, closes_on: date) -> list[Say]:
    """What an officer should think of before choosing that time; none of it is a refusal. In order of days."""
    known, asked = _in_order(periods), Days(DayKind.OTHER, "", opens_on, closes_on)
    notes = [_note(period, known, asked) for period in known]
    return [note for note in notes if note is not None] if opens_on <= closes_on else []


def _note(period: Period, known: Sequence[Period], asked: Period) -> Say | None:
    match period.kind:
        case DayKind.TERM:
            return _ends_within(period, known, asked)
        case DayKind.PRE_ELECTION:
            return _begins_soon(period, asked)
        case DayKind.RELIGIOUS if _holds(period, asked.from_on) or _holds(period, asked.until_on):
            # Then it is refused already.
            return None
        case _:
            return _falls_in(period) if _overlap(period, asked) else None


def _ends_within(period: Period, known: Sequence[Period], asked: Period) -> Say | None:
    goes_on = any(
        other.kind is DayKind.TERM and other.from_on - period.until_on <= DAY and other.until_on > period.until_on
        for other in known
    )
    if goes_on or not asked.from_on <= period.until_on < asked.until_on:
        return None
    return Say("{name} ends while it is open: {on}.", name=period.name, on=period.until_on)


def _begins_soon(period: Period, asked: Period) -> Say | None:
    if not DAY <= period.from_on - asked.until_on <= SOON:
        return None
    return Say(
        "{name} begins soon after it closes: {on}. Ask your team if the result may go out then.",
        name=period.name,
        on=period.from_on,
    )


def _falls_in(period: Period) -> Say:
    if period.from_on == period.until_on:
        return Say("{name} is while it is open: {on}.", name=period.name, on=period.from_on)
    return Say(
        "{name} is while it is open: {first} to {last}.",
        name=period.name,
        first=period.from_on,
        last=period.until_on,
    )


def _in_order(periods: Iterable[Period]) -> list[Period]:
    return sorted(periods, key=lambda period: (period.from_on, period.until_on, period.name))


def _holds(period: Period, day: date) -> bool:
    return period.from_on <= day <= period.until_on


def _length(period: Period) -> int:
    return (period.until_on - period.from_on).days + 1


def _overlap(one: Period, other: Period) -> int:
    """How many days two periods share."""
    return max((min(one.until_on, other.until_on) - max(one.from_on, other.from_on)).days + 1, 0)
