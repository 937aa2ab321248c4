"""A fault is said once, then counted, then said to be over: what fails every two seconds does not fill the log."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import structlog

from pyramid_app.base.db import is_away
from pyramid_app.base.logs import name_of

log = structlog.get_logger()

LONGEST = timedelta(minutes=1)
"""However often it failed, it is tried again after this long."""

DATABASE = "the database"
"""What is at fault, whoever meets it, where the database is away or can take nothing."""


@dataclass
class Spell:
    """The time for which something fails, and how it was said to fail."""

    since: datetime
    failures: int = 0
    kinds: set[str] = field(default_factory=set)


class Faults:
    """What fails at present. Several threads may report to it."""

    def __init__(self) -> None:
        self._spells: dict[str, Spell] = {}
        self._failing: dict[str, tuple[str, int]] = {}
        self._turn = Lock()

    def failed(self, name: str, failure: BaseException, now: datetime) -> datetime:
        """``name`` failed. Returns when it should be tried again: after 2, 4, 8 … seconds, and a minute at most."""
        at_fault = DATABASE if is_away(failure) else name
        with self._turn:
            times = self._failing.get(name, ("", 0))[1] + 1
            self._failing[name] = at_fault, times
            spell = self._spells.setdefault(at_fault, Spell(now))
            spell.failures += 1
            kind = name_of(failure)
            if kind not in spell.kinds:
                spell.kinds.add(kind)
                log.error("it fails", what=at_fault, met_by=name, exc_info=failure)
        return now + min(timedelta(seconds=2 ** min(times, 10)), LONGEST)

    def worked(self, name: str, now: datetime) -> None:
        """``name`` did what it should. If the database was what kept it from that, the database works again."""
        with self._turn:
            at_fault, _times = self._failing.pop(name, ("", 0))
            spell = self._spells.pop(at_fault, None)
            if spell is None:
                return
            lasted = round((now - spell.since).total_seconds())
            log.info("it works again", what=at_fault, failures=spell.failures, seconds=lasted)

    def fails(self, name: str) -> bool:
        return name in self._failing
