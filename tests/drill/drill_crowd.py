"""Fifty thousand voices, two thousand topics, five hundred answers: pages ask as often, and take at most three times as
long, as with five hundred voices. Both towns are asked in turn in one run, so that a busy machine slows both."""

import gc
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pyramid_app.app import create_app
from pyramid_app.base import clock
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from tests.drill.crowd import a_crowd
from tests.support import postgres
from tests.support.browser import Browser
from tests.support.databases import migrate, sqlite_url
from tests.support.statements import counting

FEW, MANY = 500, 50_000
ROUNDS = 40
TIMES = 3.0
DESK, OPEN = ("/desk", "/desk/topics/topic-3"), ("/outcomes", "/outcomes?words=bus", "/topics/topic-3", "/topics", "/")


@dataclass
class Town:
    """An installation and a browser for each kind of reader."""

    officer: Browser
    visitor: Browser

    def ask(self, path: str) -> float:
        who = self.officer if path.startswith("/desk") else self.visitor
        began = time.perf_counter()
        answer = who.client.get(path)
        assert answer.status_code == 200, path
        return time.perf_counter() - began


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def towns(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Town, Town]]:
    opened: list[Database] = []

    def town(name: str, voices: int) -> Town:
        if request.param == "postgres":
            url = postgres.fresh_database(
                request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
            )
        else:
            (tmp_path / name).mkdir()
            url = sqlite_url(tmp_path / name)
            migrate(url)
        database = Database(url)
        opened.append(database)
        officer = a_crowd(database, voices, clock.now())
        settings = Settings(
            secret="a secret for drills only", address="http://localhost", mail=f"files:{tmp_path}", keys=tmp_path,  # type: ignore[arg-type]
            database=url,
        )  # fmt: skip
        app = create_app(settings, database)
        app.testing = True
        with database.reading() as session:
            from pyramid_app.accounts.models import Person

            person = session.get_one(Person, officer)
        return Town(Browser(app).sign_in(person, staff=True), Browser(app))

    both = town("few", FEW), town("many", MANY)
    # As where it serves: what was loaded before is not looked through for garbage while a page waits.
    gc.collect()
    gc.freeze()
    yield both
    gc.unfreeze()
    for database in opened:
        database.close()


def test_pages_of_a_big_town_are_as_quick_as_those_of_a_small_one(towns: tuple[Town, Town]) -> None:
    slow = {}
    for path in (*DESK, *OPEN):
        waits: tuple[list[float], list[float]] = ([], [])
        asked = []
        for town in towns:
            town.ask(path)
            with counting() as statements:
                town.ask(path)
            asked.append(len(statements))
        for _ in range(ROUNDS):
            for town, kept in zip(towns, waits, strict=True):
                kept.append(town.ask(path))
        few, many = (sorted(kept)[int(ROUNDS * 0.95)] for kept in waits)
        print(f"{path}: {asked[1]} statements, p95 {few * 1000:.0f} -> {many * 1000:.0f} ms, {many / few:.2f} times")
        assert asked[0] == asked[1], (path, asked)
        if many > TIMES * few:
            slow[path] = many / few
    assert not slow
