"""Who tells the story of the sample area: each act at its own past moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from pyramid_app.app import office
from pyramid_app.base import clock
from pyramid_app.base.actor import Actor, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import Work, working
from pyramid_app.kit.texts import london_date
from pyramid_app.scheduler import run_once

FRIDAY = 4


@dataclass
class Teller:
    """Who tells the story, and when it is today."""

    settings: Settings
    database: Database
    today: datetime
    officer: Actor = field(default_factory=lambda: system("sample"))
    topics: dict[str, UUID] = field(default_factory=dict)
    families: dict[int, UUID] = field(default_factory=dict)

    @contextmanager
    def ago(self, days: float, who: Actor | None = None) -> Iterator[Work]:
        """One act, so many days ago."""
        with clock.standing_at(self.moment(days)), working(self.database, who or system("sample")) as work:
            yield work

    def moment(self, days: float) -> datetime:
        return self.today - timedelta(days=days)

    def day(self, days_from_now: float) -> date:
        return london_date(self.today + timedelta(days=days_from_now))

    def workday(self, days_from_now: float) -> date:
        """That day, or the Monday after where it falls on a weekend."""
        day = self.day(days_from_now)
        return day + timedelta(days=7 - day.weekday() if day.weekday() > FRIDAY else 0)

    def jobs(self, days: float) -> None:
        """Let the scheduler do what was due so many days ago."""
        with clock.standing_at(self.moment(days)):
            post = office(self.settings)
            while run_once(self.settings, self.database, post):
                pass
