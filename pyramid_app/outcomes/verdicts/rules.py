"""When families are asked whether it helped, what starts a topic again, and when a term's question is due. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pyramid_app.kit.say import Say


class Did(StrEnum):
    ASKED = "verdict:asked"
    GIVEN = "verdict:given"
    RUNG = "verdict:rung"
    NUMBER_FORGOTTEN = "verdict:number forgotten"
    REOPENED = "reopening:decided"
    SEEN = "reopening:seen by the representatives"
    PULSE_ASKED = "pulse:asked"


class Helped(StrEnum):
    """What a family says about one thing that was done."""

    YES = "yes"
    SOMETIMES = "sometimes"
    NO = "no"
    UNUSED = "not for us"


class Told(StrEnum):
    """What somebody who spoke says, once a term: did we tell you what happened?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


OPEN_FOR = timedelta(days=60)
"""So long after the asking a link takes an answer, and so long a telephone number is kept at the most."""
REOPEN_FROM = 5
"""Verdicts of families who use it, before "more no than yes" starts a topic again (``DESIGN.md`` 8)."""
LINE_AT_MOST = 500


def asked_on(published_on: date, done_on: date | None, weeks: int) -> date:
    """The day from which families are asked: so many weeks after it was done and they were told, the later of both."""
    return max(published_on, done_on or published_on) + timedelta(weeks=weeks)


def is_too_old(due_on: date, today: date) -> bool:
    """Nobody is asked about what was done long ago, when a system begins with an old list."""
    return today - due_on >= OPEN_FOR


def closes_at(asked_at: datetime) -> datetime:
    """The instant from which an answer is no longer taken."""
    return asked_at + OPEN_FOR


def starts_again(yes: int, sometimes: int, no: int) -> bool:
    """Enough families who use it have said so, and more of them no than yes. "It is not for us" judges nothing."""
    return yes + sometimes + no >= REOPEN_FROM and no > yes


@dataclass(frozen=True)
class Answer:
    """What somebody sent. ``ring``: please ring me, at ``number``; ``no_ring``: not any more."""

    helped: Helped
    line: str = ""
    ring: bool = False
    number: str = ""
    no_ring: bool = False


def what_is_wrong(answer: Answer) -> dict[str, Say]:
    """Why it can't be taken so, by field."""
    wrong = {}
    if len(answer.line) > LINE_AT_MOST:
        wrong["line"] = Say("Please make this shorter: {most} characters at the most.", most=LINE_AT_MOST)
    if answer.ring and find_number(answer.number) is None:
        wrong["number"] = Say("Write the number we can ring, like 020 7946 0000.")
    if answer.number and not answer.ring:
        wrong["ring"] = Say("Tick this if we may ring that number. If not, leave the number out.")
    return wrong


def find_number(typed: str) -> str | None:
    """A telephone number as people type it, without what stands between its digits."""
    number = re.sub(r"[\s().\-/]", "", typed)
    return number if re.fullmatch(r"\+?\d{9,15}", number) else None


def choose_owner(before: UUID | None, staff: Sequence[UUID], leads: Collection[UUID]) -> UUID | None:
    """Who looks after a topic that starts again by itself: its owner, if still staff; else a lead; else any officer."""
    if before in staff:
        return before
    return next((one for one in staff if one in leads), next(iter(staff), None))


def why_reopened(by_hand: bool, because: str) -> Say:
    """The public reason."""
    return Say("{because}", because=because) if by_hand else Say("More families told us no than yes.")


TERM_WINDOW = timedelta(days=14)
"""So long after the end of a term its question may still go out; a term that is written down later has none."""
BETWEEN_PULSES = timedelta(days=60)
"""Never two of them open at once, however the terms of an area lie."""
WITHOUT_TERMS = ((1, 1), (5, 1), (9, 1))
"""Month and day, in an area that has no terms in its calendar."""


def find_pulse_day(term_ends: Collection[date], today: date, last_on: date | None) -> date | None:
    """The end of the term about which everybody who spoke is asked now, if one is due."""
    ends = list(term_ends) or [date(today.year, month, day) for month, day in WITHOUT_TERMS]
    ended = max((end for end in ends if end <= today), default=None)
    if ended is None or today - ended >= TERM_WINDOW:
        return None
    return None if last_on is not None and ended - last_on < BETWEEN_PULSES else ended


def tally(counted: Mapping[str, int]) -> dict[Helped, int]:
    """Every answer with its number, also where nobody gave it."""
    return {one: counted.get(one.value, 0) for one in Helped}
