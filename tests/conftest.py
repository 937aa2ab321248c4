"""What tests share. Rules and permissions cannot reach a database; everything else runs on SQLite and PostgreSQL."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
import time_machine
from flask import Flask, template_rendered
from jinja2 import Environment, Template, meta, nodes
from pydantic import SecretStr
from sqlmodel import select

from pyramid_app.accounts.models import Person
from pyramid_app.app import create_app, office
from pyramid_app.base import logs
from pyramid_app.base.actor import Actor, Role, system
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.web import guesses
from pyramid_app.base.work import Work, working
from pyramid_app.scheduler import run_once
from pyramid_app.topics import service as topics
from pyramid_app.topics.models import Topic
from tests.builders import a_member, acting_as, the_town
from tests.support import postgres
from tests.support.browser import Browser
from tests.support.databases import copy_of, migrate, pinned, sqlite_url
from tests.support.engines import not_its_turn
from tests.support.post import Bag, Post

START = datetime(2027, 3, 1, 10, tzinfo=UTC)
"""Monday 1 March 2027, 10 am in London: where every test begins."""

TESTS = system("tests")
ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
PURE = {"test_rules.py", "test_permissions.py"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engines", choices=["in turn", "both"], default="in turn", help="where the two do not differ")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # Without PostgreSQL every test has SQLite.
    if config.getoption("engines") == "both" or "not postgres" in config.getoption("markexpr"):
        return
    out = not_its_turn(items)
    config.hook.pytest_deselected(items=list(out))
    items[:] = [item for item in items if item not in out]


def pytest_report_header(config: pytest.Config) -> str:
    return f"where they do not differ, tests run on SQLite and PostgreSQL {config.getoption('engines')}"


@pytest.fixture(autouse=True)
def _pure(request: pytest.FixtureRequest) -> None:
    if request.path.name in PURE:
        reached = {"database", "real_database", "app", "browser"} & set(request.fixturenames)
        assert not reached, f"{request.path.name} is for pure rules, and reaches {reached}"


@pytest.fixture(autouse=True)
def _log() -> None:
    """As in production. By itself structlog draws a coloured traceback with all local values, which takes seconds."""
    structlog.configure(processors=logs.PROCESSORS, logger_factory=lambda *_: logs.Stderr())


@pytest.fixture(autouse=True)
def _servers_end() -> Iterator[None]:
    """One that goes on serving a closed socket takes a processor from every test after it."""
    yield
    serving = [thread.name for thread in threading.enumerate() if "serve_forever" in thread.name]
    assert not serving, f"servers of this test still run: {serving}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """A migrated PostgreSQL database that others are copied from."""
    url = postgres.fresh_database(postgres_server)
    migrate(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = sqlite_url(tmp_path_factory.mktemp("template"))
    migrate(url)
    return url


@pytest.fixture(scope="session")
def postgres_bare(postgres_server: str, postgres_template: str) -> str:
    return postgres.fresh_database(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_bare(sqlite_template: str) -> str:
    return sqlite_template


@pytest.fixture(scope="session")
def postgres_town(postgres_server: str, postgres_template: str) -> str:
    return with_town(postgres.fresh_database(postgres_server, postgres_template))


@pytest.fixture(scope="session")
def sqlite_town(sqlite_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    return with_town(copy_of(sqlite_template, tmp_path_factory.mktemp("town")))


def with_town(url: str) -> str:
    """That database, with an officer in a town with promises."""
    database = Database(url)
    with time_machine.travel(START, tick=False), working(database, TESTS) as work:
        the_town(work)
    database.close()
    return url


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> str:
    """A database of each kind, shared by all tests: use ``database``, which rolls back.

    It is migrated and empty; for who asks for ``began`` (as ``sam`` does) it stands there already.
    """
    kind = "town" if "began" in request.fixturenames else "bare"
    return str(request.getfixturevalue(f"{request.param}_{kind}"))


@pytest.fixture
def database(engine_url: str) -> Iterator[Database]:
    """A migrated database; what the test writes is rolled back."""
    with pinned(engine_url) as one:
        yield one


@pytest.fixture(params=ENGINES)
def real_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of its own, with real commits and real locks: for races and killed processes."""
    if request.param == "postgres":
        template = request.getfixturevalue("postgres_template")
        url = postgres.fresh_database(request.getfixturevalue("postgres_server"), template)
    else:
        url = copy_of(request.getfixturevalue("sqlite_template"), tmp_path)
    one = Database(url)
    yield one
    one.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return _settings(tmp_path)


def _settings(place: Path) -> Settings:
    return Settings(
        secret=SecretStr("a secret for tests only"),
        address="http://localhost",
        mail=f"files:{place / 'letters'}",
        keys=place / "keys",
        files=place / "files",
        database=sqlite_url(place),
    )


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still at ``START`` until the test moves it."""
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def act(database: Database, clock: time_machine.Traveller) -> Callable[..., AbstractContextManager[Work]]:
    """``with act(actor) as work``: one act."""

    def begin(who: Actor = TESTS) -> AbstractContextManager[Work]:
        return working(database, who)

    return begin


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, put together once: its addresses and templates cost more than most tests."""
    one = create_app(_settings(tmp_path_factory.mktemp("standing")))
    one.testing = True
    template_rendered.connect(_is_given_all_it_uses, one)
    return one


@pytest.fixture
def app(standing: Flask, settings: Settings, database: Database, clock: time_machine.Traveller) -> Iterator[Flask]:
    """The application in a house of this test's own."""
    its_own = standing.extensions["pyramid"]
    standing.extensions["pyramid"] = replace(its_own, settings=settings, database=database)
    guesses.init(standing)
    yield standing
    standing.extensions["pyramid"] = its_own


def _is_given_all_it_uses(sender: Flask, template: Template, context: dict[str, Any], **_: object) -> None:
    """``render`` passes every name its template uses: GOV.UK's macros forbid strict undefined values."""
    environment = sender.jinja_env
    assert environment.loader is not None
    source = environment.loader.get_source(environment, template.name or "")[0]
    missing = _asked_by(source, environment) - set(context) - set(environment.globals)
    assert not missing, f"{template.name} uses {missing}, and was not given it"


_ASKED: dict[str, set[str]] = {}


def _asked_by(source: str, environment: Environment) -> set[str]:
    if source not in _ASKED:
        tree = environment.parse(source)
        own = {
            name if isinstance(name, str) else name[-1]
            for node in tree.find_all(nodes.FromImport)
            for name in node.names
        }
        set_here = (n for n in tree.find_all((nodes.Macro, nodes.Name)) if getattr(n, "ctx", "store") == "store")
        own |= {node.name for node in set_here}
        _ASKED[source] = meta.find_undeclared_variables(tree) - own
    return _ASKED[source]


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], Browser]:
    return lambda: Browser(app)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def post(settings: Settings, database: Database) -> Post:
    bag = Bag()
    whole = office(settings, bag)
    return Post(database, whole, bag)


@pytest.fixture
def run_jobs(settings: Settings, database: Database, post: Post) -> Callable[..., int]:
    """``run_jobs()`` lets the scheduler run everything once; ``run_jobs("invite")`` only that."""
    return lambda *names: run_once(settings, database, post.office, names)


@pytest.fixture
def began() -> None:
    """The database begins as ``with_town`` left it."""


@pytest.fixture
def sam(act: Callable[..., AbstractContextManager[Work]], began: None) -> Person:
    """The officer of that town."""
    with act() as work:
        return work.session.exec(select(Person)).one()


@pytest.fixture
def team(sam: Person) -> Actor:
    """Sam, with the staff hat on."""
    return acting_as(sam, Role.OFFICER)


@pytest.fixture
def amina(act: Callable[..., AbstractContextManager[Work]], sam: Person) -> Person:
    """One family of that town."""
    with act() as work:
        return a_member(work)


@pytest.fixture
def topic(act: Callable[..., AbstractContextManager[Work]], team: Actor) -> Topic:
    """What that town works on, about promise 9; the next word is due on Monday 12 April 2027."""
    with act(team) as work:
        return topics.start(work, "School buses", commitments=[9], next_word_on=date(2027, 4, 12))
