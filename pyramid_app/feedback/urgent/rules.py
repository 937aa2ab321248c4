"""When somebody on duty is rung about a message that may be urgent. Pure."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OFFICE_FROM, OFFICE_UNTIL = 9, 17
"""Office hours in London, on working days; at night nobody is rung again, and no page says that anybody is."""

EVERY_HOURS = 2

AT_ONCE = "at once"


class Did(StrEnum):
    RUNG = "voice:urgent rung"


def ring(first_at: datetime | None, now: datetime, working_day: bool) -> str | None:
    """The name of the ring that is due, or ``None``; each is rung once.

    ``first_at``: when this message was rung about first. That happens at once; from then on each working day at 9,
    and every two hours until 5.
    """
    if first_at is None:
        return AT_ONCE
    local = now.astimezone(LONDON)
    if not working_day or not OFFICE_FROM <= local.hour < OFFICE_UNTIL:
        return None
    hour = local.hour - (local.hour - OFFICE_FROM) % EVERY_HOURS
    slot = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return f"{slot:%Y-%m-%d %H}" if slot > first_at else None
