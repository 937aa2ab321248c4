"""What an operator does by hand: starting an area, serving it, the scheduler, its jobs, the database."""

import ipaddress
import os
import socket
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from pydantic import ValidationError

from pyramid_app.app import office
from pyramid_app.base.config import Settings
from pyramid_app.base.db import Database
from pyramid_app.base.errors import Refused
from pyramid_app.base.schema import migrate
from pyramid_app.kit.texts import sentence
from pyramid_app.sample.start import start_area
from pyramid_app.scheduler import all_jobs, run_once
from pyramid_app.scheduler import serve as serve_jobs


def usable(verb: Callable[..., None]) -> Callable[..., None]:
    """Whatever makes a command unusable is said in one sentence, with exit code 2."""

    @wraps(verb)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            verb(*args, **kwargs)
        except Refused as refused:
            _stop(sentence(refused.reason))
        except ValidationError as wrong:
            first = wrong.errors()[0]
            _stop(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.")
        except (ValueError, FileNotFoundError) as wrong:
            _stop(str(wrong))

    return wrapped


def _stop(why: str) -> None:
    click.echo(why, err=True)
    raise SystemExit(2)


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
@usable
def upgrade() -> None:
    """Bring the tables to this version."""
    migrate(Settings().database)


@click.command()
@click.option("--name", prompt="The area's name", help="As families say it.")
@click.option("--host", prompt="Who runs this", help="For example: the SEND partnership.")
@click.option("--sender", prompt="Letters come from (e-mail address)")
@click.option("--reply-to", prompt="Who reads the replies (e-mail address)")
@click.option("--lead-name", prompt="The first lead's first name")
@click.option("--lead-address", prompt="The first lead's e-mail address")
@usable
def setup(**answers: str) -> None:
    """Start a real area: tables, levels, partners and the first lead, and nothing of the sample."""
    settings = Settings()
    migrate(settings.database)
    start_area(Database(settings.database), **answers)
    click.echo(f"Ready. {answers['lead_name']} can sign in at {settings.address}/sign-in")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; always one on SQLite.")
@usable
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages. Runs beside one ``pyramid-app scheduler``."""
    settings = Settings()
    check_serving(settings, host)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *server_options(settings, host, port, workers)])  # noqa: S606


def check_serving(settings: Settings, host: str) -> None:
    """Refuses what would be unsafe: letters that anybody could read in a browser, a secret that can be guessed."""
    if settings.letters_folder and not _is_loopback(host):
        raise ValueError("PYRAMID_MAIL=files:… shows every letter to every visitor: serve it on 127.0.0.1 only.")
    if len(settings.secret.get_secret_value()) < 16:
        raise ValueError("PYRAMID_SECRET must be at least 16 characters long.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(socket.gethostbyname(host)).is_loopback
    except OSError:
        return False


def server_options(settings: Settings, host: str, port: int, workers: int) -> list[str]:
    """gunicorn's options. One process with threads on SQLite, whose writers queue anyway."""
    return [
        "pyramid_app.app:serving()",
        f"--bind={host}:{port}",
        f"--workers={1 if settings.on_sqlite else workers}",
        "--worker-class=gthread",
        "--threads=8",
        "--no-control-socket",
        "--log-level=info",
        "--logger-class=pyramid_app.base.web.server_log.ServerLog",
    ]


@click.command()
@usable
def scheduler() -> None:
    """Run the jobs: letters, invitations, counts, late words. A second one waits for the first to end."""
    settings = Settings()
    serve_jobs(settings, office(settings))


@click.group()
def jobs() -> None:
    """What the scheduler does, by hand."""


@jobs.command("list")
@usable
def list_jobs() -> None:
    """Every job, and how often it runs."""
    settings = Settings()
    for job in all_jobs(settings, Database(settings.database), office(settings)):
        click.echo(f"{job.name}  every {job.every} s")


@jobs.command("run")
@click.argument("name")
@usable
def run_job(name: str) -> None:
    """Run one job now; it is safe beside a scheduler."""
    settings = Settings()
    database, post = Database(settings.database), office(settings)
    if name not in {job.name for job in all_jobs(settings, database, post)}:
        raise ValueError(f"There is no job {name!r}. See: pyramid-app jobs list")
    click.echo(f"{run_once(settings, database, post, [name])} done")
