"""Everything that somebody with the whole database has: rows with their hidden columns, and the bytes they lie in."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pyramid_app.base.db import Database

Dump = dict[str, list[dict[str, Any]]]
"""By table, its rows as they lie there, with ``row number`` or ``transaction`` and ``place`` where there is one."""


def dump(database: Database) -> Dump:
    """All tables with all columns, also those that SQL shows only to whoever asks for them."""
    with database.engine.connect() as connection:
        return {name: _rows(connection, name) for name in sa.inspect(connection).get_table_names()}


def _rows(connection: sa.Connection, name: str) -> list[dict[str, Any]]:
    hidden = "xmin::text::bigint AS transaction, ctid::text AS place, "
    if connection.dialect.name == "sqlite":
        made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).scalar()
        hidden = "" if "WITHOUT ROWID" in str(made).upper() else 'rowid AS "row number", '
    return [dict(row) for row in connection.exec_driver_sql(f'SELECT {hidden}* FROM "{name}"').mappings()]


def stored_bytes(database: Database) -> bytes:
    """The files: SQLite's own and the log beside it; PostgreSQL's relations, TOAST and indexes, and its log."""
    if database.url.startswith("sqlite"):
        file = sa.make_url(database.url).database
        return b"\0".join(Path(f"{file}{end}").read_bytes() for end in ("", "-wal") if Path(f"{file}{end}").exists())
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        return b"\0".join(_files(connection))


def _files(connection: sa.Connection) -> Iterator[bytes]:
    relations = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't') AND relfilenode > 0"
    logs = "SELECT 'pg_wal/' || name FROM pg_ls_waldir()"
    for path in [*connection.exec_driver_sql(relations).scalars(), *connection.exec_driver_sql(logs).scalars()]:
        read = sa.text("SELECT pg_read_binary_file(:path, 0, 100000000, true)")
        yield bytes(connection.execute(read, {"path": path}).scalar() or b"")


def holds(stored: bytes, words: str) -> bool:
    """Whether the words lie there: plainly, as hex digits, or as base64 at any of its three beginnings."""
    plain = words.encode()
    shapes = [plain, plain.hex().encode(), *(b64encode(b"\0" * skip + plain)[4:-4] for skip in range(3))]
    return any(shape in stored for shape in shapes)
