"""The engine, its guards, and how a session is had: one for reading, one for an act.

SQLite: WAL, FULL (an acknowledged vote survives a power cut: ``reliability.md`` 0.6), foreign keys, secure delete,
``BEGIN IMMEDIATE`` for acts, and one file lock so that web and scheduler queue instead of starving each other.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel, create_engine

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES


Writing = Callable[[], AbstractContextManager[Session]]
"""Opens one transaction: ``Database.writing``."""


def one_at_a_time(session: Session, what: str) -> None:
    """Acts about the same ``what`` queue here until each ends, where no row exists yet that could be locked.

    SQLite's writers queue anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(what, 0))))


class Row(SQLModel):
    """Every table's base: a value that does not fit its column is refused when it is set, not when it is read."""

    model_config = {"validate_assignment": True}


def words(enum: type[Any], length: int = 40) -> sa.Enum:
    """A column for a ``StrEnum``: its words, held by a CHECK in either database."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=length,
        name=enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


def make_engine(url: str, *, migrating: bool = False) -> sa.Engine:
    """An engine for ``url``. ``migrating`` leaves SQLite's foreign keys off (a batch rebuild would cascade)."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    file = Path(sa.make_url(url).database or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    # autocommit of the driver is off (isolation_level None): transactions begin where `_begin` says.
    engine = create_engine(url, connect_args={"isolation_level": None, "check_same_thread": False, "timeout": 30})
    event.listen(engine, "connect", _guard_without_keys if migrating else _guard)
    event.listen(engine, "begin", _begin)
    return engine


def _guard_without_keys(connection: SQLiteConnection, _record: ConnectionPoolEntry | None) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _guard(connection: SQLiteConnection, record: ConnectionPoolEntry | None) -> None:
    _guard_without_keys(connection, record)
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


class Database:
    """Sessions of one installation: ``reading()`` for pages, ``writing()`` for an act: all of it or no trace."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self._writing_engine = self.engine.execution_options(writing=True)
        file = sa.make_url(url).database if url.startswith("sqlite") else None
        self._lock_file = Path(f"{file}.lock") if file else None

    def reading(self) -> Session:
        """A session for looking; whoever opens it closes it."""
        return Session(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose block is one transaction: committed at its end, rolled back on any exception."""
        with self._turn(), Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield session

    def _turn(self) -> AbstractContextManager[None]:
        return _flock(self._lock_file) if self._lock_file else nullcontext()

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _flock(file: Path) -> Iterator[None]:
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
