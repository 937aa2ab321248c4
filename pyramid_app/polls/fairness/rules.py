"""What keeps asking fair: how long, how often, who looked at the wording, when a close may move. Pure.

Sources: ``DESIGN.md`` 8 (days), walks 1, 2 and 13 (too short, too often, loaded).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pyramid_app.kit.say import Say

LONDON = ZoneInfo("Europe/London")
LOOKERS = 2
OUTAGE = timedelta(minutes=15)
"""From so long on a silence before the close counts."""
LAST_HOURS = timedelta(hours=3)
LATE_FORMAT = timedelta(days=7)
"""So long a format that came late must be there before the close."""


class LookState(StrEnum):
    NOBODY = "nobody to ask"
    NOT_ASKED = "not asked"
    WAITING = "waiting"
    DONE = "done"


class Cause(StrEnum):
    """Why a close moved to a later time."""

    OFFICER = "officer"
    FORMAT = "format"
    OUTAGE = "outage"


def why_moved(cause: Cause, because: str) -> Say:
    """What everybody reads; ``because`` holds the officer's words, or the format that came late and where it is."""
    if cause is Cause.FORMAT:
        return Say(
            "You can read it in one more way now, and whoever waited for that has a week. {where}", where=because
        )
    if cause is Cause.OUTAGE:
        return Say("For a while before the close nobody could answer here. So everyone has a day more.")
    return Say("{words}", words=because)


@dataclass(frozen=True)
class Booked:
    """Another question that goes to some of the same families."""

    title: str
    opens_on: date


def is_too_short(opens_at: datetime, closes_at: datetime, days: int, because: str) -> Say | None:
    """Shorter than usual only with a reason that everybody reads."""
    if closes_at - opens_at >= timedelta(days=days) or because:
        return None
    return Say("It is open for less than {days} days. Say why: families will read it.", days=days)


def clashes(opens_on: date, others: Collection[Booked], days: int) -> Say | None:
    """One question per family in so many days; the first one in the way, and the first day that is free."""
    near = sorted((one for one in others if abs((one.opens_on - opens_on).days) < days), key=lambda one: one.opens_on)
    if not near:
        return None
    free = opens_on
    for one in sorted(others, key=lambda one: one.opens_on):
        if abs((one.opens_on - free).days) < days:
            free = one.opens_on + timedelta(days=days)
    return Say(
        "The same families are asked “{title}” on {day}. They get one question in {days} days."
        " This one can open on {free}.",
        title=near[0].title,
        day=near[0].opens_on,
        days=days,
        free=free,
    )


def look_state(asked: Sequence[datetime], marked: int, there: int, now: datetime, days: int) -> LookState:
    """``asked``: when each was asked about these very words; ``there``: representatives who could be asked.

    Two marks, or three days, are enough: a mark is no veto, and silence does not hold a question up.
    """
    if not asked:
        return LookState.NOT_ASKED if there else LookState.NOBODY
    if marked >= min(LOOKERS, len(asked)) or now >= max(asked) + timedelta(days=days):
        return LookState.DONE
    return LookState.WAITING


def close_after_outage(closes_at: datetime, quiet: timedelta) -> datetime | None:
    """The same hour a day later, if nobody could answer for 15 minutes of the last three hours; else ``None``."""
    return a_day_later(closes_at) if quiet >= OUTAGE else None


def close_after_late_format(closes_at: datetime, now: datetime) -> datetime | None:
    """Whoever waited for a format has a week from the day it came; ``None`` where that much is left anyway."""
    moved = closes_at
    while moved < now + LATE_FORMAT:
        moved = a_day_later(moved)
    return moved if moved > closes_at else None


def a_day_later(at: datetime) -> datetime:
    """The same hour in London, also when the clocks change in between."""
    local = at.astimezone(LONDON).replace(tzinfo=None) + timedelta(days=1)
    return local.replace(tzinfo=LONDON)


def what_is_wrong_with_extension(
    now: datetime, closes_at: datetime, later: datetime, next_by: date | None
) -> dict[str, Say]:
    """A close moves later only, never into the night, and what happens next stays after it."""
    wrong = {}
    if later <= closes_at or later <= now:
        wrong["closes_on"] = Say("It can only be moved to a later time.")
    if later.astimezone(LONDON).hour < 4:
        wrong["closes_hour"] = Say("It cannot close between midnight and 4 am.")
    if next_by is None or next_by <= later.astimezone(LONDON).date():
        wrong["next_by"] = Say("What happens next must be later than the day it closes.")
    return wrong
