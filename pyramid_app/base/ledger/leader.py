"""One scheduler leads: a file lock beside SQLite, an advisory lock in PostgreSQL. Killed, it lets go by itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

_KEY = 0x70797261  # any number, the same in every scheduler of this product


@contextmanager
def leading(url: str) -> Iterator[bool]:
    """Yields whether this process leads; the lock is held until the block ends or the process dies."""
    if url.startswith("sqlite"):
        with Path(f"{sa.make_url(url).database}.leader").open("w") as handle:
            yield _try_file(handle.fileno())
        return
    # A session lock on a pooled connection would outlive its use: a connection of its own.
    engine = sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_KEY))))


def _try_file(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
