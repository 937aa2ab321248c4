"""What a run costs the machine: CPU time from ``/proc``, and statements from PostgreSQL's own log.

The product is not changed for it: statements are written down only in a short pass after the timed ones.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

TICKS = os.sysconf("SC_CLK_TCK")
LOG_PREFIX = "%d|"
"""PostgreSQL's ``log_line_prefix``: each line begins with the name of its database."""

LOGGED = re.compile(r"^(?P<database>[^|\n]*)\|LOG:  (?:statement|execute [^:]*): (?P<sql>.*(?:\n\t.*)*)", re.MULTILINE)
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SET")


@dataclass(frozen=True)
class Clock:
    """CPU seconds used so far: by the processes of one server, by PostgreSQL, by all of us, by the whole machine."""

    app: float
    database: float
    ours: float
    machine: float


def read_clock(app: int, others: list[int], database: int) -> Clock:
    """``app`` and ``others`` are the first processes of servers and load, ``database`` is PostgreSQL's."""
    by_parent = _tree()
    used = {pid: _used(pid, by_parent) for pid in (app, database, *others, os.getpid())}
    return Clock(used[app], used[database], sum(used.values()), _machine())


def _tree() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    return children


def _used(pid: int, by_parent: dict[int, list[int]]) -> float:
    """Of a process and its children; those that have ended count where their parent has noticed."""
    stat = _stat(pid)
    own = sum(int(ticks) for ticks in stat[11:15]) / TICKS if stat else 0.0
    if pid == os.getpid():
        return own
    below = (stat for child in by_parent.get(pid, ()) if (stat := _stat(child)))
    return own + sum(sum(int(ticks) for ticks in stat[11:13]) for stat in below) / TICKS


def _stat(pid: int) -> list[str]:
    """``/proc/PID/stat`` from its third field (state, parent, …); empty for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _machine() -> float:
    user, nice, system, _idle, _iowait, irq, softirq, *_ = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + irq + softirq) / TICKS


def data_folder(server: str) -> Path:
    """Where a server that listens in its own data folder keeps it."""
    return Path(str(make_url(server).query["host"]))


def postmaster(server: str) -> int:
    """The first process of that PostgreSQL."""
    return int((data_folder(server) / "postmaster.pid").read_text().split()[0])


@contextmanager
def writing_statements_down(server: str) -> Iterator[None]:
    """While this lasts, PostgreSQL logs every statement of every database."""
    with psycopg.connect(server, autocommit=True) as connection:
        try:
            connection.execute("ALTER SYSTEM SET log_statement = 'all'")
            _reload(connection, server, "all")
            yield
        finally:
            connection.execute("ALTER SYSTEM RESET log_statement")
            _reload(connection, server, "none")


def _reload(connection: psycopg.Connection, server: str, expected: str) -> None:
    connection.execute("SELECT pg_reload_conf()")
    # A new connection has the setting as soon as the first process has read it and told all others.
    for _ in range(1000):
        with psycopg.connect(server) as fresh:
            row = fresh.execute("SHOW log_statement").fetchone()
        if row and row[0] == expected:
            return
    raise RuntimeError("PostgreSQL does not take the new setting.")


def log_end(server: str) -> int:
    return (data_folder(server) / "log").stat().st_size


def statements_since(server: str, start: int, database: str) -> list[str]:
    """Every counted statement that ``database`` has been sent since, in order."""
    with (data_folder(server) / "log").open("rb") as log:
        log.seek(start)
        text = log.read().decode(errors="replace")
    found = (one["sql"] for one in LOGGED.finditer(text) if one["database"] == database)
    return [sql for sql in found if sql.strip(" ;\n") and not sql.lstrip().upper().startswith(NOT_COUNTED)]
