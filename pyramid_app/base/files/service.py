"""Bringing a file (no row yet), keeping it (a row in the act that shows it), sweeping away what nobody kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from uuid6 import uuid7

from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.errors import Invalid
from pyramid_app.base.files import papers, pictures, queries, rules, store
from pyramid_app.base.files.models import StoredFile
from pyramid_app.base.files.rules import Kind
from pyramid_app.base.work import Work

WAITS = timedelta(days=1)
"""A file that was brought and not kept lies so long: a form may stay open overnight."""
QUEUE = "files"
"""Keeping and sweeping take turns: what is being kept is never swept."""


@dataclass(frozen=True)
class Brought:
    """A file that has come, is safe to show and lies in the folder. ``row_id``: it is kept already, by that row."""

    digest: str
    kind: Kind
    size: int
    width: int | None
    height: int | None
    name: str
    row_id: UUID | None = None


def bring(folder: Path, data: bytes, name: str, now: datetime) -> Brought:
    """Look at what came, make it safe, write it down. Its content decides what it is, never its name or declared type.

    Raises ``Invalid`` by the field ``file``.
    """
    if not data or len(data) > rules.MOST_BYTES:
        raise Invalid({"file": rules.TOO_LARGE if data else rules.EMPTY})
    width = height = None
    if pictures.is_picture(data):
        kind, data, (width, height) = pictures.made_anew(data)
    elif papers.is_pdf(data):
        papers.look_through(data)
        kind = Kind.PDF
    else:
        raise Invalid({"file": rules.NEITHER})
    return Brought(store.put(folder, data, now), kind, len(data), width, height, rules.tidy_name(name))


def keep(work: Work, folder: Path, brought: Brought, words: str) -> StoredFile:
    """The row of a file that lies in the folder. With other words it gets another row: none is ever changed.

    Raises ``Invalid`` by the fields ``file`` and ``shows``.
    """
    missing = rules.what_is_missing(brought.kind, words)
    if missing:
        raise Invalid({"shows": missing})
    one_at_a_time(work.session, QUEUE)
    kept = work.session.get(StoredFile, brought.row_id) if brought.row_id else None
    if kept and kept.words == words:
        return kept
    if not store.touch(folder, brought.digest, work.now):
        raise Invalid({"file": rules.GONE})
    row = StoredFile(
        id=uuid7(), digest=brought.digest, kind=brought.kind, size=brought.size, width=brought.width,
        height=brought.height, words=words, name=brought.name, by_id=work.actor.person_id, at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return row


def sweep(work: Work, found: Sequence[Path]) -> int:
    """Remove of these old files what no row shows and nobody has asked for meanwhile; returns how many."""
    one_at_a_time(work.session, QUEUE)
    swept = queries.without_row(work.session, store.still_older_than(found, work.now - WAITS))
    for file in swept:
        file.unlink(missing_ok=True)
    return len(swept)
