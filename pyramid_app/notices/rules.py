"""What a notice needs before it goes, and where it is in its life. Pure.

Two caps hold for a notice, and both are the outbox's (``base/outbox/rules.py``): it is one of the counted letters of
a month, and of notices alone only so many leave for one person in a month. Whichever is used up first, the notice
waits for the monthly letter of that person; if its day is over by then, she finds it on the public list only.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from pyramid_app.kit.say import Say


class Did(StrEnum):
    WRITTEN = "notice:written"
    PUBLISHED = "notice:published"
    TAKEN_BACK = "notice:taken back"


class State(StrEnum):
    """``leaving``: published, and can still be taken back. ``over``: its day has passed."""

    DRAFT = "being written"
    LEAVING = "leaving"
    OUT = "out"
    OVER = "over"


@dataclass(frozen=True)
class Content:
    """What an officer writes. ``level``: that level and everyone above; ``topics``: refs, for all who hear of them."""

    title: str = ""
    words: str = ""
    link: str = ""
    until_on: date | None = None
    level: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """Why somebody gets a notice: a topic, with her own words where she spoke; else the level, if both are empty."""

    topic: str = ""
    said: str | None = None


class TimesLike(Protocol):
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def leaves_at(self) -> datetime | None: ...
    @property
    def until_on(self) -> date | None: ...


MOST_TOPICS = 10
NEEDED = {
    "title": Say("Write a title."),
    "words": Say("Write what families should know."),
    "until_on": Say("Say until which day it is of use."),
}
TELLING = re.compile(r"\b(SEND|SEN|EHCPs?)\b|(?i:disab(ility|ilities|led)|special (educational )?needs)")
"""Words that say on a locked phone what is nobody's business."""


def what_is_missing(content: Content, today: date) -> dict[str, Say]:
    """By field: what this notice still needs before it may go."""
    missing = {name: say for name, say in NEEDED.items() if not getattr(content, name)}
    if TELLING.search(content.title):
        missing["title"] = Say("The title can be read on a locked phone. Please leave out SEND and disability.")
    if content.link and not _is_safe_link(content.link):
        missing["link"] = Say("A link begins with https://")
    if content.until_on and content.until_on < today:
        missing["until_on"] = Say("This day has passed. Until which day is it of use?")
    if len(content.topics) > MOST_TOPICS:
        missing["topics"] = Say("Choose no more than {most} topics.", most=MOST_TOPICS)
    if not content.level and not content.topics:
        missing["level"] = Say("Choose who gets it: a level, a topic, or both.")
    return missing


def state_of(notice: TimesLike, now: datetime, today: date) -> State:
    """The clock decides, not whether a job has run."""
    if notice.published_at is None or notice.leaves_at is None:
        return State.DRAFT
    if now < notice.leaves_at:
        return State.LEAVING
    return State.OVER if notice.until_on and notice.until_on < today else State.OUT


def _is_safe_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(sign.isspace() for sign in text)
