"""The engine, its guards, and how a session is had: one for reading, one for an act.

SQLite: WAL, FULL (an acknowledged vote survives a power cut: ``reliability.md`` 0.6), foreign keys, secure delete,
``BEGIN IMMEDIATE`` for acts, and one file lock so that web and scheduler queue instead of starving each other.
"""

import fcntl
import math
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any, cast

import psycopg
import sqlalchemy as sa
import sqlalchemy.exc
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel, create_engine

from pyramid_app.base.paths import private

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMES


IDLE = 30.0
"""Seconds after which a connection is asked whether it is still alive."""

BESIDE = ("-wal", "-shm", ".lock", ".leader")
"""Files that lie beside SQLite's own."""

PATIENCE = 30_000
"""Milliseconds for which SQLite waits where somebody else is busy."""

Writing = Callable[[], AbstractContextManager[Session]]
"""Opens one transaction: ``Database.writing``."""


def one_at_a_time(session: Session, what: str) -> None:
    """Acts about the same ``what`` queue here until each ends, where no row exists yet that could be locked.

    SQLite's writers queue anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(what, 0))))


_SQLITE_AWAY = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_POSTGRES_AWAY = ("08", "53", "57P", "58", "25006")
"""No connection; no room, memory or free place; shut down or starting; the system failed; a standby that only reads
(PostgreSQL's appendix A)."""


def is_away(failure: BaseException) -> bool:
    """The database cannot be reached or can take nothing at present: nobody's mistake, and worth another try."""
    if isinstance(failure, sa.exc.TimeoutError | sa.exc.DisconnectionError):
        return True
    if not isinstance(failure, sa.exc.DBAPIError):
        return False
    if failure.connection_invalidated:
        return True
    origin = failure.orig
    if isinstance(origin, sqlite3.Error):
        return getattr(origin, "sqlite_errorname", "").startswith(_SQLITE_AWAY)
    if not isinstance(origin, psycopg.Error):
        return False
    if origin.sqlstate is None:  # the driver's own: nothing came back from the server
        return isinstance(origin, psycopg.OperationalError | psycopg.InterfaceError)
    return origin.sqlstate.startswith(_POSTGRES_AWAY)


class Row(SQLModel):
    """Every table's base: a value that does not fit its column is refused when it is set, not when it is read.

    The refusal does not quote the value: it is what a family typed.
    """

    model_config = {"validate_assignment": True, "hide_input_in_errors": True}


def table(model: type[Row]) -> sa.Table:
    """The bare table of a model: for statements that every page asks, without the cost of making objects."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def insert_new(session: Session, into: sa.Table, **values: object) -> bool:
    """Insert this row unless one with its key is there already; says whether it was. The database settles a race."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    written = make(into).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return bool(cast(sa.CursorResult[Any], session.execute(written, values)).rowcount)


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
    """An engine for ``url``. ``migrating`` leaves SQLite's foreign keys off (a batch rebuild would cascade).

    Parameters are hidden: the log says which statement failed, never the words of a family that were in it.
    """
    if not url.startswith("sqlite"):
        return _watched(create_engine(url, hide_parameters=True, pool_size=10, max_overflow=10))
    # autocommit of the driver is off (isolation_level None): transactions begin where `_begin` says.
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": PATIENCE / 1000}
    engine = create_engine(url, hide_parameters=True, connect_args=arguments)
    event.listen(engine, "connect", _guard_without_keys if migrating else _guard)
    event.listen(engine, "begin", _begin)
    return engine


def file_of(url: str) -> Path | None:
    """SQLite's file; ``None`` for a server."""
    return Path(sa.make_url(url).database or "") if url.startswith("sqlite") else None


def make_file(url: str) -> None:
    """Where SQLite's file is to lie: a missing folder and an empty file are made, and only this account may read it.

    SQLite gives the files beside it the same mode. Raises ``OSError``, and ``ValueError`` for what is no file.
    """
    file = file_of(url)
    if file is None:
        return
    if file.exists() and not file.is_file():
        raise ValueError(f"{file.absolute()} is not a file: is PYRAMID_DATABASE right?")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(file, "ab", opener=private):
        pass
    for one in (file, *(Path(f"{file}{end}") for end in BESIDE)):
        if one.is_file():
            one.chmod(0o600)


def said_by(failure: sa.exc.SQLAlchemyError) -> str:
    """What the database or its driver said, in one line, for whoever runs the machine. Never for a log or a page."""
    words = str(getattr(failure, "orig", None) or failure).strip().splitlines() or [type(failure).__name__]
    told = next((line for line in words if "FATAL" in line or "error:" in line), words[0])
    return told.removeprefix("connection failed: ").strip(" -.").replace("FATAL:  ", "")


def _reading_engine(url: str) -> sa.Engine:
    """PostgreSQL shows each statement what is committed by then, in a transaction or not: a page that only looks is
    spared the ways there and back that begin and end one."""
    alone: dict[str, Any] = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
    return _watched(create_engine(url, hide_parameters=True, pool_size=10, max_overflow=10, **alone))


def _watched(engine: sa.Engine) -> sa.Engine:
    event.listen(engine, "checkin", _lay_down)
    event.listen(engine, "checkout", _look_after)
    return engine


def _lay_down(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["idle_since"] = time.monotonic()


def _look_after(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
    """A connection that lay idle may be dead: ask before it is used, and let the pool open another if it is.

    SQLAlchemy's own ``pool_pre_ping`` asks before every use, which costs as much as a statement.
    """
    if time.monotonic() - record.info.get("idle_since", math.inf) < IDLE:
        return
    try:
        connection.execute("")
        connection.rollback()
    except psycopg.OperationalError as dead:
        raise sa.exc.DisconnectionError from dead


def _guard_without_keys(connection: SQLiteConnection, _record: ConnectionPoolEntry | None) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={PATIENCE}", "secure_delete=ON"):
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
        self._reading_engine = self.engine if url.startswith("sqlite") else _reading_engine(url)
        file = file_of(url)
        self._lock_file = Path(f"{file}.lock") if file else None

    def reading(self) -> Session:
        """A session for the looks of one page; whoever opens it closes it."""
        return Session(self._reading_engine)

    def looking(self) -> Session:
        """A session for a long look in one transaction (a stream needs one); whoever opens it closes it."""
        return Session(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose block is one transaction: committed at its end, rolled back on any exception."""
        with self._turn(), Session(self._writing_engine, expire_on_commit=False) as session, session.begin():
            yield session

    def _turn(self) -> AbstractContextManager[None]:
        return _flock(self._lock_file) if self._lock_file else nullcontext()

    def forget(self) -> None:
        """Let SQLite empty the log beside its file, where copies of deleted rows lie; a moment's busyness forbids it.

        Deleted rows themselves are overwritten (``secure_delete``), so the file need not be written anew.
        """
        if self._lock_file is None:
            return
        # The driver's own connection: SQLAlchemy's would begin a transaction, and in one nothing can be emptied.
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            for pragma in ("busy_timeout=1000", "wal_checkpoint(TRUNCATE)", f"busy_timeout={PATIENCE}"):
                cursor.execute(f"PRAGMA {pragma}").fetchall()
        finally:
            connection.close()

    def close(self) -> None:
        self.engine.dispose()
        self._reading_engine.dispose()


@contextmanager
def _flock(file: Path) -> Iterator[None]:
    with open(file, "w", opener=private) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
