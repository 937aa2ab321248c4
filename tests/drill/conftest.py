"""The drills' stage: an installation with a web server of its own, on either database."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from pydantic import SecretStr

from pyramid_app.base import clock
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import working
from pyramid_app.polls.answering.passes import Pass, write_pass
from pyramid_app.polls.models import Poll
from tests.builders import a_member, the_area
from tests.drill.town import TEAM
from tests.polls.builders import a_poll, chosen, from_today
from tests.support.phone import AWAY, Phone
from tests.support.ports import free_port
from tests.support.processes import Process

CASTERS, READERS = 2, 2


@dataclass
class Stage:
    """One installation: its area, an open question, and families with links that open it."""

    settings: Settings
    database: Database
    log: IO[bytes]
    asked: Poll
    links: list[str]
    answers: dict[str, list[str]]
    noted: dict[str, int] = field(default_factory=dict)

    def run(self, *words: str) -> Process:
        return Process(self.settings, *words, log=self.log)

    def said(self) -> str:
        """What its processes logged so far."""
        return Path(self.log.name).read_text()


@pytest.fixture
def stage(real_database: Database, tmp_path: Path) -> Iterator[Stage]:
    settings = Settings(
        secret=SecretStr("a secret for drills only"),
        address=f"http://127.0.0.1:{free_port()}",
        mail=f"files:{tmp_path / 'letters'}",
        keys=tmp_path / "keys",
        files=tmp_path / "files",
        database=real_database.url,
    )
    with working(real_database, TEAM, clock.now() - timedelta(days=60)) as work:
        the_area(work)
    with working(real_database, TEAM) as work:
        people = [a_member(work, f"family{number}@example.org").id for number in range(CASTERS)]
        asked = a_poll(work, settings.keys, title="The open one", **from_today(work))
        answers = {f"q-{question}": picks for question, picks in chosen(work, asked, 0).items()}
    secret = settings.secret.get_secret_value()
    links = [f"/p/{write_pass(secret, Pass(asked.ballot_id or b'', person, 0))}" for person in people]
    with (tmp_path / "log").open("wb") as log:
        yield Stage(settings, real_database, log, asked, links, answers)


@contextmanager
def serving(stage: Stage) -> Iterator[None]:
    """The web server, until the block ends."""
    server = stage.run("serve", "--port", stage.settings.address.rpartition(":")[2])
    try:
        _knock(stage, server)
        yield
    finally:
        server.kill()


def _knock(stage: Stage, server: Process) -> None:
    for _ in range(200):
        try:
            Phone(stage.settings.address).ask("/privacy")
        except AWAY:
            assert not server.has_ended(0.1), stage.said()[-2000:]
        else:
            return
    raise AssertionError(f"the server did not come up: {stage.said()[-2000:]}")


Waits = dict[str, list[float]]


@contextmanager
def a_busy_evening(stage: Stage, *paths: str) -> Iterator[Waits]:
    """Families read ``paths`` and change their answers for as long as the block lasts; their waits, in seconds.

    Any page that is not a good one fails the drill.
    """
    over, waits, wrong = threading.Event(), {}, []  # type: ignore[var-annotated]

    def live(do: Callable[[Phone], object]) -> None:
        phone = Phone(stage.settings.address, waits)
        while not over.is_set() and not wrong:
            try:
                do(phone)
            except Exception as failure:  # whatever a phone met is what the drill has to tell
                wrong.append(failure)

    def read(phone: Phone) -> None:
        for path in paths:
            phone.ask(path)

    def answer(link: str) -> Callable[[Phone], object]:
        return lambda phone: _thanked(phone.answer(link, stage.answers))

    doing = [read] * READERS + [answer(link) for link in stage.links]
    threads = [threading.Thread(target=live, args=(do,)) for do in doing]
    for thread in threads:
        thread.start()
    try:
        yield waits
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not wrong, wrong


def _thanked(page: str) -> None:
    assert "Your answer is in" in page
