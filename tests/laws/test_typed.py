"""Nothing that is typed gives a 500: every form on every page, every part of every address, with the values people and
their enemies send. Kept are the refusals: a page that is not there, a sentence beside the box, words too long.

The sample area is walked, because every kind of thing stands in it. SQLite keeps whatever it is given, so here it is
held to what PostgreSQL refuses: NUL, numbers beyond a column, text longer than a column.
"""

import re
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace
from urllib.parse import quote, urlsplit

import pytest
import sqlalchemy as sa
import time_machine
from flask import got_request_exception
from pydantic import SecretStr
from sqlmodel import SQLModel
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.queries import find_by_address
from pyramid_app.app import create_app
from pyramid_app.base.actor import Role
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.work import working
from pyramid_app.sample.story import PERSONAS, tell
from tests.conftest import START, TESTS
from tests.support import pages
from tests.support.browser import Browser, _filled
from tests.support.databases import copy_of, pinned, sqlite_url

FINE = {200, 303, 403, 404, 409, 410, 413, 422, 429}
NASTY = {
    "NUL": "a\0b",
    "half a sign": b"a\xed\xa0\x80",
    "digits": "9" * 23,
    "endless digits": "1" * 5_000,
    "unseen": "\u202e\u200b\ue000\u2800",
    "long": "Long words. " * 2_000,
    "nothing": "",
    "an id": "00000000-0000-0000-0000-000000000000",
    "words": "The canary sang.",
}
IN_A_PATH = ("a\0b", "9" * 23, "1" * 5_000)
DAYS = (("31", "2", "2027"), ("1", "13", "2027"), ("1", "1", "26"), ("9" * 23, "1", "2027"), ("1", "1", "99999"))
SENT = 1
"""Times that one kind of page is looked at by one kind of person."""
MAKES_NO_SENSE = {"logout", "accounts.sign_out"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample area on SQLite, with the letters that left."""
    home = tmp_path_factory.mktemp("sample")
    return Settings(
        secret=SecretStr("a secret for tests only"), address="http://localhost", mail=f"files:{home / 'letters'}",
        keys=home / "keys", files=home / "files", database=sqlite_url(home),
    )  # fmt: skip


@pytest.fixture
def walked(sample, sqlite_template, tmp_path):
    copied = copy_of(sqlite_template, tmp_path)
    with time_machine.travel(START, tick=False):
        database = Database(copied)
        tell(sample, database, START)
        with working(database, TESTS) as work:
            helper = find_by_address(work.session, "family44@example.org")
            accounts.give_role(work, helper.id, Role.LINK_WORKER)
        database.close()
        with pinned(copied) as one:
            yield SimpleNamespace(app=create_app(sample, one), database=one, settings=sample)


def letters(settings):
    """Every address in the letters that left: of each kind two."""
    found = {}
    for file in sorted((settings.letters_folder).glob("*.eml")):
        text = message_from_bytes(file.read_bytes(), policy=default).get_content()
        for link in re.findall(r"http://localhost(/\S+)", text):
            kind = found.setdefault(link.split("/")[1], [])
            if link not in kind and len(kind) < SENT:
                kind.append(link)
    return [link for links in found.values() for link in links]


class Walk:
    """One person's way through all pages; what fell over is in ``faults``."""

    def __init__(self, app, database, browser, seen):
        self.app, self.database, self.browser, self.seen = app, database, browser, seen
        self.faults, self.forms = {}, {}
        self.routes = app.url_map.bind("localhost")

    def endpoint(self, path, method="GET"):
        try:
            return self.routes.match(urlsplit(path).path, method=method)[0]
        except HTTPException:
            return None

    def go(self, begin):
        """Every page that links lead to, as often as ``SENT`` for each kind."""
        waiting, times, known = list(begin), {}, set()
        while waiting:
            path = waiting.pop(0)
            endpoint = self.endpoint(path)
            if path in known or endpoint in {None, "static"} or times.get(endpoint, 0) >= SENT:
                continue
            known.add(path)
            times[endpoint] = times.get(endpoint, 0) + 1
            answer = self.browser.client.get(path)
            self.check("GET", path, answer)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                waiting += self.read(path, answer.get_data(as_text=True))

    def read(self, path, html):
        tree = pages.parse(html)
        for form in tree.iter("form"):
            if form.get("method", "get").lower() == "post":
                action = urlsplit(form.get("action") or path).path
                names = tuple(sorted(_filled(form)))
                key = (self.endpoint(action, "POST"), names)
                if key not in self.seen and key[0] not in MAKES_NO_SENSE:
                    self.seen.add(key)
                    self.forms[action, names] = (_filled(form), boxes(form))
        return [link.get("href") for link in tree.iter("a") if (link.get("href") or "").startswith("/")]

    def send_all(self):
        for (action, _names), (filled, typed) in self.forms.items():
            for name, value in NASTY.items():
                self.send(action, filled, dict.fromkeys(typed, value), name)
            days = {box.removesuffix("-day") for box in typed if box.endswith("-day")}
            for day in DAYS if days else ():
                parts = dict(zip(("day", "month", "year"), day, strict=True))
                self.send(action, filled, {f"{box}-{part}": said for box in days for part, said in parts.items()}, day)
            for box in typed:
                self.send(action, filled, {box: NASTY["long"]}, f"{box}: long")

    def send(self, action, filled, changed, what):
        data = MultiDict({name: [*values] for name, values in filled.items()})
        for name, value in changed.items():
            data.setlist(name, [value])
        inner = self.database.connection.begin_nested()
        try:
            answer = self.browser.client.post(action, data=data)
            self.check("POST", f"{action} {what}", answer)
        finally:
            inner.rollback()

    def check(self, method, where, answer):
        # Health says 503 where something does not run, and here nothing does.
        if answer.status_code not in FINE and where != "/healthz":
            self.faults[method, where] = answer.status_code, getattr(self.app, "last_fault", None)


def boxes(form):
    """Everything that can be changed by hand, choices and what a page carries with it, too."""
    kinds = {"submit", "button", "file"}
    names = {one.get("name") for one in form.iter() if one.tag in {"input", "textarea", "select", "button"}
             and one.get("type") not in kinds}  # fmt: skip
    return sorted(name for name in names if name and name != "csrf_token")


def fits(parameters):
    for value in parameters.values() if isinstance(parameters, dict) else parameters:
        if isinstance(value, dict | list | tuple):
            fits(value)
        if isinstance(value, str):
            assert not re.search("[\0\ud800-\udfff]", value), "text that no database holds"
        if isinstance(value, int):
            assert abs(value) < 2**31, "a number beyond its column"


def executed(_connection, _cursor, _statement, parameters, _context, _many):
    fits(parameters)


def stored(_mapper, _connection, row):
    if isinstance(row, AuditEntry):
        assert "canary" not in str(row.facts), "words in the log, which nothing leaves again"
    for column in row.__table__.columns:
        length, value = getattr(column.type, "length", None), getattr(row, column.key, None)
        too_long = isinstance(value, str) and length is not None and len(value) > length
        assert not too_long, f"{column} holds {length}"


@pytest.fixture
def as_strict_as_postgresql():
    """What PostgreSQL refuses is refused, whatever the engine."""
    sa.event.listen(sa.Engine, "before_cursor_execute", executed)
    for event in ("before_insert", "before_update"):
        sa.event.listen(SQLModel, event, stored, propagate=True)
    yield
    sa.event.remove(sa.Engine, "before_cursor_execute", executed)
    for event in ("before_insert", "before_update"):
        sa.event.remove(SQLModel, event, stored)


def test_no_form_and_no_address_gives_a_fault(walked, as_strict_as_postgresql):
    app, faults, seen = walked.app, {}, set()

    def fault(_sender, exception, **_more):
        app.last_fault = f"{type(exception).__name__}: {exception}"[:300]

    got_request_exception.connect(fault, app)
    start = ["/", *(rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments)]
    people = [(None, False), *((address, role in {"lead", "officer"}) for role, _name, address in PERSONAS)]
    for address, staff in people:
        browser = Browser(app)
        if address:
            with walked.database.reading() as session:
                person = find_by_address(session, address)
            browser.sign_in(person, staff=staff or address.startswith("family44"))
        walk = Walk(app, walked.database, browser, seen)
        walk.go([*start, *(letters(walked.settings) if address is None else ())])
        walk.send_all()
        faults |= walk.faults
    assert faults == {}
    assert len(seen) > 80, "forms were found"


def paths(app):
    """Each address with each of its parts as somebody may type it."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or not rule.arguments:
            continue
        for value in IN_A_PATH:
            yield re.sub(r"<[^>]+>", quote(value, safe=""), rule.rule), rule


QUERIES = ("page", "promise", "year", "state", "words", "language", "refs", "topic", "open", "next")


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_no_address_that_is_typed_gives_a_fault(engine, request, settings, clock):
    url = request.getfixturevalue(f"{engine}_town")
    with pinned(url) as database:
        app = create_app(settings, database)
        with working(database, TESTS) as work:
            lead = find_by_address(work.session, "sam@council.example.org")
            accounts.give_role(work, lead.id, Role.LEAD)
        browser = Browser(app).sign_in(lead, staff=True)
        token, found = browser.csrf(), {}
        for path, rule in paths(app):
            for method in rule.methods & {"GET", "POST"}:
                answer = browser.client.open(
                    path, method=method, data={"csrf_token": token} if method == "POST" else None
                )
                if answer.status_code not in FINE:
                    found[method, path[:90]] = answer.status_code
        for rule in app.url_map.iter_rules():
            if "GET" in rule.methods and not rule.arguments:
                for value in ("9" * 23, "a%00b%ED%A0%80"):
                    query = "&".join(f"{name}={value}" for name in QUERIES)
                    answer = browser.client.get(f"{rule.rule}?{query}")
                    if answer.status_code not in FINE | {503}:
                        found[rule.rule, value[:30]] = answer.status_code
    assert found == {}


def test_a_page_behind_the_last_is_not_there(browser, sam):
    for path in ("/outcomes", "/topics", "/notices", "/outcomes/what-we-got-wrong"):
        assert browser.get(f"{path}?page=1").status == 200
        assert browser.get(f"{path}?page=nonsense").status == 200
        assert browser.get(f"{path}?page=2").status == 404
        assert browser.get(f"{path}?page={'9' * 24}").status == 200
