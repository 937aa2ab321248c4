"""What of the keys does not run as it should, as the scheduler's machine sees it."""

from pathlib import Path

from sqlmodel import Session

from pyramid_app.ballots import keys, queries
from pyramid_app.base.ledger.findings import Finding
from pyramid_app.kit.say import Say


def missing_keys(session: Session, folder: Path) -> list[Finding]:
    """A key that a question needs until it is counted, and that is not there or cannot be read."""
    return [
        Finding(True, Say("A question cannot be counted: its key {name} is not in the folder for keys (PYRAMID_KEYS),"
                          " or cannot be read. Put it back from your copy of that folder.", name=name))
        for name in sorted(queries.names_of_needed_keys(session) - keys.list_readable(folder))
    ]  # fmt: skip
