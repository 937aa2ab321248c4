"""When representatives are asked to write, and when what they did not write is missing. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from pyramid_app.kit.say import Say

LONDON = ZoneInfo("Europe/London")
MORNING = time(8)
MOST = 1000


class Did(StrEnum):
    ASKED = "report back:asked"
    SENT = "report back:sent"


@dataclass(frozen=True)
class Boxes:
    """What a representative writes after a meeting. ``public``: anyone may read it."""

    raised: str = ""
    said: str = ""
    next: str = ""
    public: bool = False


class ReportLike(Protocol):
    @property
    def sent_at(self) -> datetime | None: ...


def asks_from(ended_at: datetime) -> datetime:
    """8 o'clock on the morning after."""
    return datetime.combine(ended_at.astimezone(LONDON).date() + timedelta(days=1), MORNING, LONDON)


def due_on(asked_at: datetime, days: int) -> date:
    """The last day to write in time."""
    return asked_at.astimezone(LONDON).date() + timedelta(days=days)


def is_missing(report: ReportLike, due: date, today: date) -> bool:
    """Not written, and its day has passed."""
    return report.sent_at is None and today > due


def what_is_wrong(boxes: Boxes) -> dict[str, Say]:
    """All three are needed: “nothing” is a word, too."""
    empty = {
        "raised": Say("Write what we raised. If it was nothing, write “nothing”."),
        "said": Say("Write what was said. If it was nothing, write “nothing”."),
        "next": Say("Write what is next. If you don't know, write that."),
    }
    wrong = {name: say for name, say in empty.items() if not getattr(boxes, name)}
    for name in empty:
        if len(getattr(boxes, name)) > MOST:
            wrong[name] = Say("Please make this shorter: {most} characters at the most.", most=MOST)
    return wrong
