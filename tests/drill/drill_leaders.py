"""Two schedulers, restarts of their database, leaders killed again and again: 200 letters, each of them once.

A letter can come twice only if its sender was killed, or lost its database, between the mail server's yes and its own
commit. The drill says how many did, and holds that each of those was in the server's hands just then.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from pydantic import SecretStr
from sqlmodel import col, func, select, update

from pyramid_app.base import clock
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.work import working
from tests.builders import the_area
from tests.drill.town import TEAM
from tests.support.ports import free_port
from tests.support.processes import Process

LETTERS, KILLS, RESTARTS = 200, 8, 8
TAKES = 0.1
"""Seconds for which the mail server has each letter in its hands."""
PATIENCE, REST = 600, 30


@dataclass
class Server:
    """A mail server that takes its time. ``newest``: by connection, the letter it was handed last, and when."""

    arrived: list[str] = field(default_factory=list)
    newest: dict[Any, tuple[str, float]] = field(default_factory=dict)
    last_at: float = field(default_factory=time.monotonic)

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:
        letter = str(message_from_bytes(envelope.original_content)["Message-ID"])
        self.newest[session.peer] = letter, time.monotonic()
        await asyncio.sleep(TAKES / 2)
        self.arrived.append(letter)
        self.last_at = time.monotonic()
        await asyncio.sleep(TAKES / 2)
        return "250 OK"

    async def handle_QUIT(self, _server: Any, session: Any) -> str:
        self.newest.pop(session.peer, None)
        return "221 Bye"

    def in_hand(self) -> set[str]:
        """Letters whose senders may not have written down yet that they left."""
        return {letter for letter, since in self.newest.values() if time.monotonic() - since < 10}


class Scheduler:
    """One scheduler's process, started again whenever it is killed; its log says whether it leads."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self.log = log
        self.log_file = log.open("ab")
        self.process = Process(settings, "scheduler", log=self.log_file)

    def leads(self) -> bool:
        lines = [line for line in self.log.read_text().splitlines() if '"event": "scheduler ' in line]
        return bool(lines) and "scheduler leads" in lines[-1]

    def kill_and_start(self) -> None:
        self.process.kill()
        with self.log.open("a") as log:
            log.write('{"event": "scheduler killed"}\n')
        self.process.start()


@dataclass
class Drill:
    database: Database
    server: Server
    schedulers: list[Scheduler]
    at_risk: set[str] = field(default_factory=set)

    def wait(self, enough: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not enough():
            assert time.monotonic() < until, self.schedulers[0].log.read_text()[-2000:]
            time.sleep(0.05)

    def kill_the_leader(self) -> None:
        self.wait(lambda: any(one.leads() for one in self.schedulers))
        self.at_risk |= self.server.in_hand()
        next(one for one in self.schedulers if one.leads()).kill_and_start()

    def restart_the_database(self) -> None:
        """PostgreSQL ends every connection, and takes none for a second; SQLite has no server, but a lock's file."""
        self.at_risk |= self.server.in_hand()
        url = sa.make_url(self.database.url)
        if url.drivername.startswith("sqlite"):
            Path(f"{url.database}.leader").unlink(missing_ok=True)
            return
        server = sa.create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS false')
            connection.execute(
                sa.text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name"),
                {"name": url.database},
            )
            time.sleep(1)
            connection.exec_driver_sql(f'ALTER DATABASE "{url.database}" ALLOW_CONNECTIONS true')
        server.dispose()
        self.at_risk |= self.server.in_hand()

    def unsent(self) -> int:
        with self.database.reading() as session:
            return session.exec(select(func.count()).where(col(Letter.sent_at).is_(None))).one()

    def let_claims_run_out(self) -> None:
        """As if the five minutes were over for which a letter is its sender's, be he alive or not."""
        with self.database.writing() as session:
            session.exec(update(Letter).values(claimed_until=clock.now() - timedelta(seconds=1)).where(
                col(Letter.claimed_until).is_not(None)))  # fmt: skip


@pytest.fixture
def drill(real_database: Database, tmp_path: Path) -> Iterator[Drill]:
    server, port = Server(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    settings = Settings(
        secret=SecretStr("a secret for drills only"),
        address="http://127.0.0.1:1",
        mail=f"smtp://127.0.0.1:{port}",
        keys=tmp_path / "keys",
        files=tmp_path / "files",
        database=real_database.url,
    )
    with working(real_database, TEAM) as work:
        the_area(work)
        for number in range(LETTERS):
            draft = Draft("outcome", "Buses", f"Letter {number}.", address=f"family{number}@example.org")
            work.post(draft, key=f"letter:{number}")
    schedulers = [Scheduler(settings, tmp_path / f"log-{number}") for number in range(2)]
    yield Drill(real_database, server, schedulers)
    for one in schedulers:
        one.process.kill()
        one.log_file.close()
    controller.stop()


def test_two_hundred_letters_each_at_most_once_but_for_those_in_the_servers_hands(drill, capsys):
    events = [drill.kill_the_leader] * KILLS + [drill.restart_the_database] * RESTARTS
    random.Random(11).shuffle(events)
    began, step = time.monotonic(), LETTERS // (len(events) + 1)
    for number, event in enumerate(events, 1):
        drill.wait(lambda until=number * step: len(set(drill.server.arrived)) >= until or _rests(drill))
        event()
        drill.server.last_at = time.monotonic()
    drill.wait(lambda: _rests(drill))
    waited = drill.unsent()
    drill.let_claims_run_out()
    drill.wait(lambda: drill.unsent() == 0)
    took = round(time.monotonic() - began)
    copies = Counter(drill.server.arrived)
    twice = {letter for letter, times in copies.items() if times > 1}
    with capsys.disabled():
        print(
            f"\n{drill.database.engine.dialect.name}: {KILLS} leaders killed, {RESTARTS} restarts, {took} s;"
            f" {len(copies)} letters arrived, {len(twice)} of them twice, {waited} waited for a dead sender's claim"
        )
    assert len(copies) == LETTERS
    assert max(copies.values()) <= 2
    assert twice <= drill.at_risk, "a letter that was in nobody's hands came twice"


def _rests(drill: Drill) -> bool:
    """Nothing has arrived for a while, and somebody leads: what is left waits for a claim to run out."""
    return time.monotonic() - drill.server.last_at > REST and any(one.leads() for one in drill.schedulers)
