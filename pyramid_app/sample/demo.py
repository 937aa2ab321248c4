"""``pyramid-app demo``: the sample area on this machine, pages and scheduler running, letters in a folder."""

import secrets
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

import click
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
    """Pages and scheduler as two processes; when one ends, or on Ctrl-C, both end."""
    environment = as_environment(settings)
    program = [sys.executable, "-m", "pyramid_app.cli"]
    both = [
        subprocess.Popen([*program, *words], env=environment)
        for words in (["serve", "--port", str(port)], ["scheduler"])
    ]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for process in both:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while all(process.poll() is None for process in both):
        try:
            both[0].wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue
    for process in both:
        process.terminate()
        process.wait()
