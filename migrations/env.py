"""Alembic's entry: every table of the product, SQLite with its two guards (``ecosystem.md`` 3)."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import pyramid_app.app  # noqa: F401  every room brings its tables
from pyramid_app.base.db import make_engine


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Plain SQLAlchemy types in revisions, so that they need no SQLModel."""
    name = type(item).__name__
    if kind == "type" and name == "AutoString":
        length = getattr(item, "length", None)
        return f"sa.String(length={length})" if length else "sa.String()"
    if kind == "type" and name == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: sa.Connection) -> None:
    on_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=on_sqlite,
        compare_type=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("A migration would leave rows that point nowhere; nothing was changed.")


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "", migrating=True)
    with engine.connect() as own:
        run(own)
    engine.dispose()
