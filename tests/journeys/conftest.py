"""The journeys' stage: the product on a real port, a real mail server, a real browser, and a clock we can move."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Response, ViewportSize, sync_playwright
from pydantic import SecretStr
from werkzeug.serving import make_server

from pyramid_app.app import create_app, office
from pyramid_app.base.actor import system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import working
from pyramid_app.scheduler import run_once
from tests.support import chromium
from tests.support.mailbox import Mailbox, mailbox

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
CLEAN: set[tuple[str, str]] = set()
"""Screens without a fault: a size and a page, but for its secrets."""
SHOTS = os.environ.get("PYRAMID_SHOTS")


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    try:
        options = chromium.options()
    except chromium.NoBrowser as missing:
        pytest.exit(str(missing), returncode=3)
    chromium.use_own_node()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


@dataclass
class Stage:
    """One installation, running."""

    settings: Settings
    database: Database
    mail: Mailbox
    clock: time_machine.Traveller
    address: str
    app: Flask

    def act(self):
        return working(self.database, system("tests"))

    def work(self) -> None:
        """Let the scheduler run until there is nothing left to do."""
        post = office(self.settings)
        for _ in range(6):
            if not run_once(self.settings, self.database, post):
                return

    def later(self, **delta: float) -> None:
        """Time passes, and the scheduler does what is due."""
        self.clock.shift(timedelta(**delta))
        self.work()


@pytest.fixture
def stage(real_database: Database, tmp_path: Path) -> Iterator[Stage]:
    with time_machine.travel(datetime(2027, 3, 1, 10, tzinfo=UTC), tick=True) as clock, mailbox() as mail:
        server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
        address = f"http://127.0.0.1:{server.server_port}"
        settings = Settings(
            secret=SecretStr("a secret for journeys only"),
            address=address,
            mail=f"smtp://127.0.0.1:{mail.port}",
            keys=tmp_path / "keys",
            files=tmp_path / "files",
            database=real_database.url,
        )
        server.app = app = create_app(settings, real_database)
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield Stage(settings, real_database, mail, clock, address, app)
        server.shutdown()
        server.server_close()
        serving.join()


@dataclass
class Person:
    """Somebody at a screen. ``looks`` after each step: axe, sideways scrolling, and a picture if wanted."""

    page: Page
    stage: Stage
    who: str
    script: bool = True
    loads: int = 0
    faults: list[str] = field(default_factory=list)

    def goes(self, path: str) -> "Person":
        self.page.goto(path if path.startswith("http") else f"{self.stage.address}{path}")
        return self

    def presses(self, words: str) -> "Person":
        self.page.get_by_role("button", name=words, exact=True).first.click()
        return self._waits()

    def _waits(self) -> "Person":
        """Until the page is there, and whatever htmx asked for is on it."""
        self.page.wait_for_load_state()
        if self.script:
            self.page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
        return self

    def follows(self, words: str) -> "Person":
        self.page.get_by_role("link", name=words).first.click()
        self.page.wait_for_load_state()
        return self

    def writes(self, label: str, words: str) -> "Person":
        self.page.get_by_label(label).first.fill(words)
        return self

    def ticks(self, label: str) -> "Person":
        self.page.get_by_label(label).first.check()
        return self

    def reads(self, words: str) -> "Person":
        assert words in self.text(), f"{self.who} looked for {words!r} at {self.page.url} in: {self.text()}"
        return self

    def text(self) -> str:
        return " ".join(self.page.inner_text("body").split())

    def looks(self, name: str) -> "Person":
        """Hold the screen to what every screen owes a person, on a phone and on a desk."""
        mine = self.page.viewport_size
        # The pages are the same on either database: one look is enough.
        for size in (PHONE, DESK) if self.stage.settings.on_sqlite else ():
            self.page.set_viewport_size(size)
            where = f"{self.who} at {self.page.url} ({name}, {size['width']} px)"
            if self.script:
                self._asks_axe(where)
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{where}: scrolls sideways by {wide}"
            if SHOTS:
                self._photographs(Path(SHOTS), name, size["width"])
        if mine:
            self.page.set_viewport_size(mine)
        assert not self.faults, f"{self.who} at {self.page.url} ({name}): {self.faults}"
        return self

    def _asks_axe(self, where: str) -> None:
        """axe is a script itself: it looks only where the browser runs scripts; the pages are the same.

        A screen that it found clean at this size (the sign-in page, in every journey) is not shown to it again.
        """
        screen = (str(self.page.viewport_size), re.sub(r' value="[^"]{40,}"', "", self.page.content()))
        if screen in CLEAN:
            return
        results = Axe().run(self.page, options={"resultTypes": ["violations"]})
        shown = [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in results.response["violations"]]
        assert not shown, f"{where}: axe found {shown}"
        CLEAN.add(screen)

    def _photographs(self, folder: Path, name: str, width: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^a-z0-9]+", "-", f"{self.who} {name}".lower())
        self.page.screenshot(path=folder / f"{file}-{width}.png", full_page=True)


@pytest.fixture
def someone(chrome: Browser, stage: Stage) -> Iterator[Callable[..., Person]]:
    """``someone("parent", phone=True, script=False)``: a person with a browser of their own."""
    contexts = []

    def arrive(who: str, *, phone: bool = True, script: bool = True) -> Person:
        context = chrome.new_context(viewport=PHONE if phone else DESK, java_script_enabled=script, locale="en-GB")
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        person = Person(page, stage, who, script)
        page.on("console", lambda message: _note(person, message.type, message.text))
        page.on("pageerror", lambda error: person.faults.append(str(error)))
        page.on("response", lambda answer: _count(person, answer))
        return person

    yield arrive
    for context in contexts:
        context.close()


def _note(person: Person, kind: str, text: str) -> None:
    # A refused form answers 422 by design, and the browser calls that an error.
    if kind == "error" and "422" not in text and "404" not in text:
        person.faults.append(text)


def _count(person: Person, answer: Response) -> None:
    if answer.request.is_navigation_request() and answer.status < 300:
        person.loads += 1
    if answer.status >= 500:
        person.faults.append(f"{answer.status} {answer.url}")
