"""What the database is asked: the statements of a block, without those that only begin, mark or end a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def counting() -> Iterator[list[str]]:
    asked: list[str] = []

    def watch(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(FRAME):
            asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", watch)
    try:
        yield asked
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", watch)
