"""``pyramid-app demo``: the sample area on this machine, pages and scheduler running, letters in a folder."""

import logging
import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click
import structlog
from pydantic import SecretStr

from pyramid_app.base import clock
from pyramid_app.base.config import Settings, as_environment
from pyramid_app.base.db import Database
from pyramid_app.base.schema import migrate
from pyramid_app.sample.story import PERSONAS, tell

HOME = Path("data/demo")


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help="Throw the sample away and start over.")
def demo(port: int, fresh: bool) -> None:
    """Show the product with a sample area. A second run keeps what you did."""
    # What happened in the sample's past is no news for a terminal.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    settings = prepare(HOME, port, fresh=fresh)
    for role, name, address in PERSONAS:
        click.echo(f"{role:<16}{name:<18}{address}")
    click.echo(f"Letters: {settings.address}/demo/letters")
    click.echo(f"Open {settings.address} — Ctrl-C ends it.")
    serve_both(settings, port)


def prepare(home: Path, port: int, *, fresh: bool) -> Settings:
    """The demo's settings; its database is made and filled if it is not there yet."""
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(
        database=f"sqlite:///{home / 'pyramid.db'}",
        secret=SecretStr(_secret(home / "secret")),
        address=f"http://127.0.0.1:{port}",
        mail=f"files:{home / 'letters'}",
        keys=home / "keys",
        files=home / "files",
    )
    if not (home / "ready").exists():
        click.echo("Making the sample area (a few seconds)")
        migrate(settings.database)
        tell(settings, Database(settings.database), clock.now())
        (home / "ready").touch()
    migrate(settings.database)
    return settings


def _secret(file: Path) -> str:
    if not file.exists():
        file.write_text(secrets.token_urlsafe(32))
        file.chmod(0o600)
    return file.read_text()


def serve_both(settings: Settings, port: int) -> None:
    """Pages and scheduler as two processes, each with its log in a file; when one ends, or on Ctrl-C, both end."""
    environment = as_environment(settings)
    both = {name: _start(name, words, environment) for name, words in _programs(port).items()}

    def stop(_number: int, _frame: FrameType | None) -> None:
        for process in both.values():
            process.terminate()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    ended = _first_to_end(both)
    for process in both.values():
        process.terminate()
        process.wait()
    click.echo(f"The {ended} ended. What it said is in {HOME / ended}.log", err=True)
    raise SystemExit(2)


def _programs(port: int) -> dict[str, list[str]]:
    return {"web": ["serve", "--port", str(port)], "scheduler": ["scheduler"]}


def _start(name: str, words: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (HOME / f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "pyramid_app.cli", *words], env=environment, stdout=log, stderr=subprocess.STDOUT
        )


def _first_to_end(both: dict[str, subprocess.Popen[bytes]]) -> str:
    while True:
        for name, process in both.items():
            try:
                process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
            return name
