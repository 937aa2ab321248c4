"""What an operator does by hand: starting an area, serving it, the scheduler, its jobs, the database."""

import os
import sys

import click

from pyramid_app.accounts.addresses import normal_address
from pyramid_app.app import office
from pyramid_app.base.config import Settings
from pyramid_app.base.db import file_of
from pyramid_app.base.errors import Invalid
from pyramid_app.base.schema import BEGIN, Tables, migrate, opened
from pyramid_app.kit.texts import sentence
from pyramid_app.sample.start import Answers, start_area
from pyramid_app.scheduler import all_jobs, run_once
from pyramid_app.scheduler import serve as serve_jobs
from pyramid_app.starting import check_scheduling, check_serving, why_not_sent


@click.group()
def db() -> None:
    """The database."""


@db.command("upgrade")
def upgrade() -> None:
    """Bring the tables to this version."""
    settings = Settings()
    before = migrate(settings.database)
    where = file_of(settings.database)
    said = {
        Tables.NONE: f"The tables are made{f' in {where.absolute()}' if where else ''}. {BEGIN}",
        Tables.BEHIND: "The database is brought to this version.",
        Tables.SAME: "The database has this version already.",
    }
    click.echo(said[before])


@click.command()
@click.option("--name", prompt="The area's name", help="As families say it.")
@click.option("--host", prompt="Who runs this", help="For example: the SEND partnership.")
@click.option("--sender", prompt="Letters come from (e-mail address)")
@click.option("--reply-to", prompt="Who reads the replies (e-mail address)")
@click.option("--lead-name", prompt="The first lead's first name")
@click.option("--lead-address", prompt="The first lead's e-mail address")
def setup(**given: str) -> None:
    """Start a real area: tables, levels, partners and the first lead, and nothing of the sample.

    It ends with a letter to the lead. As long as she has not signed in, run it again to mend what was wrong.
    """
    settings = Settings()
    post = office(settings)
    for option, what in ADDRESSES.items():
        given[option] = _address(what, given[option])
    migrate(settings.database)
    database = opened(settings.database)
    start_area(database, Answers(**given, site=settings.address))
    if why := why_not_sent(database, post, given["lead_address"]):
        raise ValueError(
            f"The area is there, but the first letter to {given['lead_address']} did not leave: {why}. Mend it"
            " (PYRAMID_MAIL, or an address) and run pyramid-app setup again."
        )
    click.echo(READY.format(site=settings.address, **given))


ADDRESSES = {
    "sender": "that letters come from",
    "reply_to": "where replies are read",
    "lead_address": "of the first lead",
}
READY = """\
Ready. {lead_name} has a letter at {lead_address}, and signs in at {site}/sign-in
Now run, beside each other: pyramid-app serve, and pyramid-app scheduler.
Signed in, {lead_name} presses "Be here as staff" and fills in {site}/setup
One lead is few: a second one is asked at {site}/desk/people"""


def _address(what: str, typed: str) -> str:
    try:
        return normal_address(typed, frozenset({"email"}))[1]
    except Invalid as wrong:
        raise ValueError(f"The address {what}, {typed!r}: {sentence(wrong.reason)}") from wrong


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; always one on SQLite.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages. Runs beside one ``pyramid-app scheduler``."""
    settings = Settings()
    check_serving(settings, host, port)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *server_options(settings, host, port, workers)])  # noqa: S606


def server_options(settings: Settings, host: str, port: int, workers: int) -> list[str]:
    """gunicorn's options. One process with threads on SQLite, whose writers queue anyway."""
    return [
        "pyramid_app.app:serving()",
        f"--bind={host}:{port}",
        f"--workers={1 if settings.on_sqlite else workers}",
        "--worker-class=gthread",
        "--threads=8",
        "--no-control-socket",
        "--config=python:pyramid_app.base.web.gunicorn",
        "--log-level=info",
        "--logger-class=pyramid_app.base.web.server_log.ServerLog",
    ]


@click.command()
def scheduler() -> None:
    """Run the jobs: letters, invitations, counts, late words. A second one waits for the first to end."""
    settings = Settings()
    check_scheduling(settings)
    serve_jobs(settings, office(settings))


@click.group()
def jobs() -> None:
    """What the scheduler does, by hand."""


@jobs.command("list")
def list_jobs() -> None:
    """Every job, and how often it runs."""
    settings = Settings()
    for job in all_jobs(settings, opened(settings.database), office(settings)):
        click.echo(f"{job.name}  every {job.every} s")


@jobs.command("run")
@click.argument("name")
def run_job(name: str) -> None:
    """Run one job now; it is safe beside a scheduler."""
    settings = Settings()
    database, post = opened(settings.database), office(settings)
    if name not in {job.name for job in all_jobs(settings, database, post)}:
        raise ValueError(f"There is no job {name!r}. See: pyramid-app jobs list")
    click.echo(f"{run_once(settings, database, post, [name])} done")
