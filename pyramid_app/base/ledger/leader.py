"""One scheduler leads: a file lock beside SQLite, an advisory lock in PostgreSQL. Killed, it lets go by itself.

A lock can be lost by whoever lives on: a session lock goes with its connection when the database restarts, and a file
lock stands on a file that somebody may have replaced. So the leader asks again and again whether its lock still holds.
"""

import fcntl
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlmodel import create_engine

from pyramid_app.base.paths import private

_KEY = 0x70797261  # any number below 2**31, the same in every scheduler of this product

_SOON = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}
"""A server that was cut off is known as such after some ten seconds, not after the system's two hours."""

_HELD = sa.text(
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
    " AND classid = 0 AND objid = :key AND objsubid = 1)"
).bindparams(key=_KEY)


class Lock(Protocol):
    """What only one scheduler of an installation can hold. Its verbs may be asked by several threads."""

    def take(self) -> bool:
        """Whether it is held now; raises ``OSError`` or ``DBAPIError`` where nobody could hold it at present."""
        ...

    def is_held(self) -> bool:
        """Whether it is *still* held. Once it is not, it has to be taken again."""
        ...

    def let_go(self) -> None: ...


def lock_of(url: str) -> Lock:
    """The leader's lock of the installation whose database this is."""
    return FileLock(Path(f"{sa.make_url(url).database}.leader")) if url.startswith("sqlite") else AdvisoryLock(url)


class FileLock:
    """``flock`` on a file beside the database. It holds as long as the file at that path is the one that is locked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        self.let_go()
        file = open(self.path, "w", opener=private)  # noqa: SIM115  open as long as it is locked
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        # Between opening and locking, another file may have come to stand at this path.
        return self.is_held()

    def is_held(self) -> bool:
        if self._file is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False

    def let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class AdvisoryLock:
    """PostgreSQL's advisory lock, on a connection of its own: a pooled one would keep it past its use."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", hide_parameters=True, connect_args=_SOON
        )
        self._connection: sa.Connection | None = None
        self._asking = threading.Lock()

    def take(self) -> bool:
        self.let_go()
        connection = self._engine.connect()
        if not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_KEY))):
            connection.close()
            return False
        self._connection = connection
        return True

    def is_held(self) -> bool:
        # Asked by the very connection that took it; one that failed once is not asked again.
        with self._asking:
            if self._connection is None:
                return False
            try:
                return bool(self._connection.scalar(_HELD))
            except DBAPIError:
                self.let_go()
                return False

    def let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.close()
