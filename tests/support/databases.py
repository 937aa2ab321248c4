"""Databases for tests: migrated once a session, then every test in a transaction that is rolled back."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from sqlmodel import Session

from pyramid_app.base.db import Database, make_engine
from pyramid_app.base.schema import alembic_config


def migrate(url: str, revision: str = "head") -> None:
    (command.downgrade if revision == "base" else command.upgrade)(alembic_config(url), revision)


class Pinned(Database):
    """A database whose every session lives in one outer transaction; a commit releases a savepoint."""

    def __init__(self, url: str, connection: sa.Connection) -> None:
        self.url = url
        self.connection = connection

    def reading(self) -> Session:
        return Session(self.connection, join_transaction_mode="create_savepoint")

    def looking(self) -> Session:
        return self.reading()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        one = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        with one as session, session.begin():
            yield session

    def forget(self) -> None:
        """Nothing was committed, so nothing lies anywhere."""

    def close(self) -> None:
        """The outer transaction ends with the test."""


@cache
def _engine(url: str) -> sa.Engine:
    """One for all tests of a process: it remembers every statement that it has put into SQL."""
    return make_engine(url)


@contextmanager
def pinned(url: str) -> Iterator[Pinned]:
    with _engine(url).execution_options(writing=True).connect() as connection:
        outer = connection.begin()
        yield Pinned(url, connection)
        outer.rollback()


@contextmanager
def unguarded(session: Session, table: str) -> Iterator[None]:
    """As somebody with the whole database in hand, who can switch its guards off."""
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text(f'ALTER TABLE "{table}" DISABLE TRIGGER USER'))
    else:
        found = session.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table"),
                                {"table": table})  # fmt: skip
        for name in found.scalars().all():
            session.execute(sa.text(f'DROP TRIGGER "{name}"'))
    yield
    session.flush()


def worker() -> str:
    """Which of several test processes this is."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def sqlite_url(place: Path) -> str:
    return f"sqlite:///{place / 'pyramid.db'}"


def copy_of(url: str, place: Path) -> str:
    """The URL of a copy, in ``place``, of an SQLite database in which nothing is going on."""
    copied = sqlite_url(place)
    shutil.copyfile(Path(sa.make_url(url).database or ""), Path(sa.make_url(copied).database or ""))
    return copied
