"""What is asked before pages or jobs begin. Each fault is a ``ValueError`` with one sentence that says what to do."""

import errno
import os
import socket
from pathlib import Path
from tempfile import TemporaryFile

from sqlmodel import col, delete, select

from pyramid_app.base.config import Settings, refuse_unsafe
from pyramid_app.base.db import Database
from pyramid_app.base.dsn import is_loopback
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.sender import Office, send_due
from pyramid_app.base.outbox.trouble import MailTrouble, mail_trouble
from pyramid_app.base.schema import BEGIN, opened
from pyramid_app.participation.queries import list_levels


def check_serving(settings: Settings, host: str, port: int) -> None:
    """Before the pages. ``host`` and ``port``: where they will be."""
    refuse_unsafe(settings)
    if settings.letters_folder and not is_loopback(host):
        raise ValueError("PYRAMID_MAIL=files:… shows every letter to every visitor: serve it on 127.0.0.1 only.")
    check_area(settings)
    # Where another account runs the scheduler, the keys are its own, and the pages do without.
    if settings.keys.is_dir() and settings.keys.stat().st_uid == os.geteuid():
        check_folder("PYRAMID_KEYS", settings.keys)
    check_folder("PYRAMID_FILES", settings.files)
    check_port(host, port)


def check_scheduling(settings: Settings) -> None:
    """Before the jobs."""
    refuse_unsafe(settings)
    check_area(settings)
    check_folder("PYRAMID_KEYS", settings.keys)
    check_folder("PYRAMID_FILES", settings.files)


def check_area(settings: Settings) -> None:
    """There is a database, its tables are this program's, and an area is in it."""
    database = opened(settings.database)
    try:
        if not has_area(database):
            raise ValueError(f"No area is set up in this database yet. {BEGIN}")
    finally:
        database.close()


def has_area(database: Database) -> bool:
    with database.reading() as session:
        return bool(list_levels(session))


def check_folder(name: str, folder: Path) -> None:
    """A file can be written there; the folder is made where there is none."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as wrong:
        raise ValueError(f"Nothing can be written to {folder.absolute()} ({name}): {wrong.strerror}.") from wrong


def check_port(host: str, port: int) -> None:
    """Nobody else listens there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as wrong:
        if wrong.errno == errno.EADDRINUSE:
            raise ValueError(f"Port {port} is in use by another program: choose one with --port.") from wrong
        raise ValueError(f"Pages can't be served on {host}, port {port}: {wrong.strerror}.") from wrong


def why_not_sent(database: Database, post: Office, address: str) -> str:
    """Send what is due here and now; why the newest letter to that address has not left, or nothing if it has."""
    with database.writing() as session:
        session.exec(delete(MailTrouble))  # whoever asks by hand has mended something, and does not wait
    send_due(database.writing, post)
    with database.reading() as session:
        newest = (
            select(Letter)
            .where(Letter.address == address)
            .order_by(col(Letter.posted_at).desc(), col(Letter.id).desc())
            .limit(1)
        )
        letter, troubles = session.exec(newest).one(), mail_trouble(session)
    if letter.sent_at:
        return ""
    return (letter.refused or (troubles[0].said if troubles else letter.put_off) or "the mail server is away").strip(
        "."
    )
