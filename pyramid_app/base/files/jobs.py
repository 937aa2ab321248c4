"""What time does to files: those that nobody kept go after a day."""

from pathlib import Path

from pyramid_app.base import clock
from pyramid_app.base.files import queries, service, store
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin


def jobs(begin: Begin, folder: Path) -> list[Job]:
    return [Job("sweep files", 3600, lambda: sweep(begin, folder))]


def sweep(begin: Begin, folder: Path) -> int:
    """Most old files are kept: they are looked through first, and an act is opened only for the others."""
    with begin.looking() as session:
        found = queries.without_row(session, store.older_than(folder, clock.now() - service.WAITS))
    if not found:
        return 0
    with begin() as work:
        return service.sweep(work, found)
