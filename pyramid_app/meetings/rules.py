"""The life of a meeting: being written → agenda published → on → over → closed; or called off, because. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from pyramid_app.kit.say import Say


class Did(StrEnum):
    ARRANGED = "meeting:arranged"
    CHANGED = "meeting:changed"
    PUBLISHED = "meeting:agenda published"
    CALLED_OFF = "meeting:called off"


class State(StrEnum):
    """Stored are times; this follows from them and the clock. ``over``: it has ended and nobody has closed it."""

    WRITTEN = "being written"
    COMING = "coming"
    ON = "on now"
    OVER = "over"
    CLOSED = "closed"
    CALLED_OFF = "called off"


class MeetingLike(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def called_off_at(self) -> datetime | None: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Plan:
    """When and where, and what there is so that people can take part."""

    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    link: str = ""
    times: str = ""
    childcare: str = ""
    travel: str = ""
    interpreter: str = ""


TOLD_AGAIN = ("starts_at", "ends_at", "place", "link")
"""Who was invited is written to when one of these changes."""
CHANGED = Say("Somebody else has changed this since you opened it. Below is what stands there now, and your words are"
              " still in the boxes. Bring both together and save again.")  # fmt: skip


def state_of(meeting: MeetingLike, now: datetime) -> State:
    if meeting.called_off_at is not None:
        return State.CALLED_OFF
    if meeting.closed_at is not None:
        return State.CLOSED
    if now >= meeting.ends_at:
        return State.OVER
    if now >= meeting.starts_at:
        return State.ON
    return State.WRITTEN if meeting.published_at is None else State.COMING


def what_is_wrong(plan: Plan, now: datetime) -> dict[str, Say]:
    """Why a meeting can't be arranged so, by field."""
    wrong = {}
    if not plan.title:
        wrong["title"] = Say("Give the meeting a name.")
    if plan.starts_at is None:
        wrong["on"] = Say("Say on which day it is.")
    elif plan.starts_at <= now:
        wrong["on"] = Say("This time has passed. Choose a later one.")
    if plan.starts_at and plan.ends_at and plan.ends_at <= plan.starts_at:
        wrong["ends"] = Say("A meeting ends after it starts. Choose a later time.")
    if not plan.place and not plan.link:
        wrong["place"] = Say("Say where it is, or give a link to join.")
    if plan.link and not is_safe_link(plan.link):
        wrong["link"] = Say("A link begins with https://")
    return wrong


def why_not_published(state: State, items: int) -> Say | None:
    """Why the agenda can't go out."""
    if state is not State.WRITTEN:
        return Say("The agenda is out already, or the meeting has begun.")
    return None if items else Say("Put something on the agenda first.")


def is_safe_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(sign.isspace() for sign in text)
