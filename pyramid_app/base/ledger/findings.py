"""What does not run as it should, in words; and what only the scheduler's machine can see of it, written down for all.

Web and scheduler may be two machines. Keys, the scheduler's folders and its secret are looked at there, once a minute,
and what was found is a row that every page can read.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from pyramid_app.base.config import Settings
from pyramid_app.base.keyed import keyed
from pyramid_app.base.ledger.models import SchedulerState
from pyramid_app.kit.say import Say

MEGABYTE = 1_000_000
TIGHT, TOO_TIGHT = 500 * MEGABYTE, 100 * MEGABYTE
"""Room left on a disk, in bytes: below the first it is time to act, below the second things fail."""

SCHEDULER = "scheduler"


@dataclass(frozen=True)
class Finding:
    """One thing that does not run as it should. ``stops``: families notice it, or soon will.

    ``more`` is for officers only: what a stranger need not read, such as the words of a mail server.
    """

    stops: bool
    say: Say
    more: str = ""


@dataclass(frozen=True)
class Place:
    """A folder, with what is to be said when nothing can be written there and when its disk is nearly full."""

    folder: Path
    no_writing: Say
    no_room: Say


def findings_of_places(places: Sequence[Place]) -> list[Finding]:
    return [found for place in places for found in (*_of_writing(place), *_of_room(place))]


def _of_writing(place: Place) -> list[Finding]:
    there = _nearest(place.folder)
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return []
    return [Finding(True, place.no_writing)]


def _of_room(place: Place) -> list[Finding]:
    left = shutil.disk_usage(_nearest(place.folder)).free
    if left >= TIGHT:
        return []
    return [Finding(left < TOO_TIGHT, Say(place.no_room.message, megabytes=left // MEGABYTE))]


def _nearest(folder: Path) -> Path:
    """The folder itself, or what stands where it would be made."""
    folder = folder.absolute()
    return next(one for one in (folder, *folder.parents) if one.exists())


def places_of(settings: Settings, *, keys: bool) -> list[Place]:
    """Where this installation keeps what it must not lose. ``keys`` only on the scheduler's machine."""
    places = [
        Place(
            settings.files,
            Say("Nothing can be written to the folder for files (PYRAMID_FILES). No picture or PDF can be added."),
            Say("The disk with the folder for files (PYRAMID_FILES) is nearly full: {megabytes} MB are left."),
        )
    ]
    if keys:
        places.append(Place(
            settings.keys,
            Say("Nothing can be written to the folder for keys (PYRAMID_KEYS). Soon no question can be scheduled."),
            Say("The disk with the folder for keys (PYRAMID_KEYS) is nearly full: {megabytes} MB are left."),
        ))  # fmt: skip
    if settings.on_sqlite:
        places.append(Place(
            Path(sa.make_url(settings.database).database or "").parent,
            Say("Nothing can be written to the folder with the database (PYRAMID_DATABASE)."),
            Say("The disk with the database (PYRAMID_DATABASE) is nearly full: {megabytes} MB are left."),
        ))  # fmt: skip
    return places


def mark_of(settings: Settings) -> str:
    """By which two processes see that they have the same secret, and nobody learns it."""
    return keyed(settings.secret.get_secret_value(), "which secret a process has")


def keep(session: Session, now: datetime, secret_mark: str, found: Sequence[Finding]) -> None:
    """The scheduler has looked around, and this is what it found."""
    row = session.get(SchedulerState, SCHEDULER) or SchedulerState(name=SCHEDULER, at=now, secret_mark=secret_mark)
    row.at, row.secret_mark = now, secret_mark
    row.findings = [{"stops": one.stops, "say": one.say.message, "facts": dict(one.say.facts)} for one in found]
    session.add(row)


def found_by_scheduler(state: SchedulerState) -> list[Finding]:
    return [Finding(one["stops"], Say(one["say"], **one["facts"])) for one in state.findings]
