"""``make bench``: the application and beside it a bare floor, driven in turn; prints rates, CPU, statements, ratios.

Exit 0: every target is reached; 1: one is missed, in one sentence; 2: the run is void; 130: stopped.
"""

import argparse
import contextlib
import json
import logging
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import structlog
from pydantic import SecretStr

from pyramid_app.base.config import Settings, as_environment
from pyramid_app.operating import server_options
from tests.bench import floor, meters, stage
from tests.bench.sums import APP, CELLS, FLOOR, Cell, Run, failures, foreign, missed, table
from tests.support import postgres
from tests.support.ports import free_port

ROOT = Path(__file__).parents[2]
CLIENTS, ROUNDS, WORKERS = 8, 3, 2
WARM_SECONDS = 1.5
ASKED_WHILE_COUNTING = 50
PATIENCE = 60
"""Seconds until a server must answer."""

DURABLE = f"-c listen_addresses='' -c log_line_prefix='{meters.LOG_PREFIX}'"
"""PostgreSQL as it comes: what is acknowledged is on the disk. (The tests' own server trades that for speed.)"""


class Void(Exception):
    """The run proves nothing; says why."""


@dataclass(frozen=True)
class Served:
    """A running server: its port, its first process, its database's name."""

    port: int
    pid: int
    database: str


class Load:
    """The process that asks."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def drive(self, port: int, cell: str, clients: int = CLIENTS, **until: float) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        print(
            json.dumps({"port": port, "cell": cell, "clients": clients, **until}), file=self.process.stdin, flush=True
        )
        report = self.process.stdout.readline()
        if not report:
            raise Void("The load process has ended.")
        return dict(json.loads(report))


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--seconds", type=float, default=6, help="of load for each system, cell and round")
    options.add_argument("--statements", action="store_true", help="also show the SQL of one request of each cell")
    asked = options.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # The servers log as in production, into files; the product's own lines while the stage is set would be noise.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        cells, spoken = measure(asked.seconds)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except (Void, RuntimeError) as why:
        print(f"The bench is void: {why}", file=sys.stderr)
        return 2
    if asked.statements:
        for name, statements in spoken.items():
            print(f"\n{name}:", *(f"  {' '.join(sql.split())}" for sql in statements), sep="\n")
    return verdict(cells)


def verdict(cells: list[Cell]) -> int:
    """Print what was measured and what follows from it; returns the exit code."""
    print("", *table(cells), "", sep="\n", flush=True)
    if foreign(cells) > 0.1:
        print(f"Something else used {foreign(cells):.0%} of this machine: read the ratios, not the rates.", flush=True)
    if void := failures(cells):
        print(f"The bench is void: {'; '.join(void)}.", file=sys.stderr)
        return 2
    if short := missed(cells):
        print(f"Not there yet: {'; '.join(short)}.", file=sys.stderr)
        return 1
    print("Every target is reached.")
    return 0


def measure(seconds: float) -> tuple[list[Cell], dict[str, list[str]]]:
    """Set the stage, drive, tear down. Returns the cells, and the statements of one request of each."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="pyramid-bench-")))
        server = stack.enter_context(_durable_postgres())
        settings, plan = _prepare(server, folder)
        app, bare = (stack.enter_context(_served(settings, folder, plan, system)) for system in (APP, FLOOR))
        _same_pages(json.loads(plan.read_text())["pages"], app, bare)
        load = Load(stack.enter_context(_process([sys.executable, "-m", "tests.bench.driver", str(plan)], pipe=True)))
        systems = {APP: app, FLOOR: bare}
        rounds = {cell: _rounds(load, cell, systems, seconds, meters.postmaster(server)) for cell in CELLS}
        with meters.writing_statements_down(server):
            spoken = {cell: {name: _statements(load, cell, one, server) for name, one in systems.items()}
                      for cell in CELLS}  # fmt: skip
        counts = {cell: {name: round(len(said) / ASKED_WHILE_COUNTING, 2) for name, said in by.items()}
                  for cell, by in spoken.items()}  # fmt: skip
    cells = [Cell(cell, rounds[cell], counts[cell]) for cell in CELLS]
    return cells, {cell: spoken[cell][APP][-round(counts[cell][APP]) :] for cell in CELLS}


@contextmanager
def _durable_postgres() -> Iterator[str]:
    with patch.dict(os.environ), patch.object(postgres, "OPTIONS", DURABLE):
        # Always a server of our own: its processes and its log are what we read.
        os.environ.pop("PYRAMID_TEST_POSTGRES", None)
        with postgres.server() as url:
            yield url


def _prepare(server: str, folder: Path) -> tuple[Settings, Path]:
    """Both databases filled; the settings of the product, and the file with the plan."""
    print(f"Making a town of {stage.MEMBERS} families on PostgreSQL …", flush=True)
    settings = Settings(
        database=postgres.fresh_database(server),
        secret=SecretStr(secrets.token_urlsafe()),
        address="http://127.0.0.1:8000",
        # As in production, where letters leave by SMTP: none is sent here, no scheduler runs.
        mail="smtp://127.0.0.1:1025",
        keys=folder / "keys",
        files=folder / "files",
    )
    plan = folder / "plan.json"
    plan.write_text(json.dumps(stage.prepare(settings, postgres.fresh_database(server))))
    return settings, plan


@contextmanager
def _served(settings: Settings, folder: Path, plan: Path, system: str) -> Iterator[Served]:
    """The product or the floor under gunicorn, both as ``pyramid-app serve`` starts it."""
    port = free_port()
    application, *options = server_options(settings, "127.0.0.1", port, WORKERS)
    database = settings.database
    if system == FLOOR:
        application, database = "tests.bench.floor:serving()", json.loads(plan.read_text())["floor"]
    environment = {**as_environment(settings), floor.PLAN: str(plan)}
    with (folder / f"{system}.log").open("w") as log:
        command = [sys.executable, "-m", "gunicorn", application, *options]
        with _process(command, environment=environment, log=log) as process:
            _wait_for(port, process, Path(log.name))
            yield Served(port, process.pid, database.partition("?")[0].rpartition("/")[2])


@contextmanager
def _process(
    command: list[str], *, environment: dict[str, str] | None = None, log: Any = None, pipe: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """A process with its children, in a group of its own: Ctrl-C reaches us alone, and we end the group by its id."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, start_new_session=True, stderr=log,
        stdin=subprocess.PIPE if pipe else subprocess.DEVNULL, stdout=subprocess.PIPE if pipe else log,
    )  # fmt: skip
    try:
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[str], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise Void(f"A server did not start: {log.read_text()[-2000:]}")


def _same_pages(pages: dict[str, str], *systems: Served) -> None:
    """The floor is a measure only while it makes the very page that the product makes, but for its CSRF tokens."""
    for path, cookie in pages.items():
        made = set()
        for served in systems:
            connection = HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
            connection.request("GET", path, headers={"Cookie": cookie})
            made.add(re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", connection.getresponse().read().decode()))
            connection.close()
        if len(made) > 1:
            raise Void(f"The floor's page {path} is not the product's.")


def _rounds(load: Load, cell: str, systems: dict[str, Served], seconds: float, postmaster: int) -> dict[str, list[Run]]:
    """A B A B A B, after a moment of warming up."""
    for served in systems.values():
        load.drive(served.port, cell, seconds=WARM_SECONDS)
    runs: dict[str, list[Run]] = {name: [] for name in systems}
    for number in range(ROUNDS):
        for name, served in systems.items():
            runs[name].append(_run(load, cell, served, seconds, postmaster))
        app, bare = (runs[name][-1].rate for name in (APP, FLOOR))
        print(f"{cell}, round {number + 1}: {app:.1f} of {bare:.1f} requests a second", flush=True)
    return runs


def _run(load: Load, cell: str, served: Served, seconds: float, postmaster: int) -> Run:
    before = meters.read_clock(served.pid, [load.process.pid], postmaster)
    report = load.drive(served.port, cell, seconds=seconds)
    after = meters.read_clock(served.pid, [load.process.pid], postmaster)
    if not report["waits"]:
        raise Void(f"{cell}: no answer at all; {report['failures']}.")
    machine = (os.cpu_count() or 1) * report["seconds"]
    return Run(
        waits=report["waits"],
        seconds=report["seconds"],
        app_cpu=after.app - before.app,
        database_cpu=after.database - before.database,
        foreign=max(0.0, (after.machine - before.machine) - (after.ours - before.ours)) / machine,
        failures=report["failures"],
    )


def _statements(load: Load, cell: str, served: Served, server: str) -> list[str]:
    """All that the database was sent for ``ASKED_WHILE_COUNTING`` requests."""
    # The first ones open what connections they still need, and pass the time until all have the new setting.
    load.drive(served.port, cell, clients=1, each=ASKED_WHILE_COUNTING)
    start = meters.log_end(server)
    load.drive(served.port, cell, clients=1, each=ASKED_WHILE_COUNTING)
    return meters.statements_since(server, start, served.database)


if __name__ == "__main__":
    raise SystemExit(main())
