"""Bringing a database's tables to this version, and whether they are there."""

from enum import StrEnum
from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import Session

from pyramid_app.base.db import Database, file_of, make_engine, make_file
from pyramid_app.base.paths import folder


class Tables(StrEnum):
    """How a database's tables stand to this program's."""

    NONE = "none"
    BEHIND = "behind"
    SAME = "same"
    AHEAD = "ahead"


def alembic_config(url: str = "") -> Config:
    """Alembic's own settings, for the migrations of this product and that database."""
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def has_this_version(session: Session) -> bool:
    """Whether its tables are neither older nor newer than this program."""
    found = session.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    return found == [_versions().get_current_head()]


@cache
def _versions() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def tables_of(engine: sa.Engine) -> Tables:
    """Whether the tables are those of this program. A version that it has never heard of is a newer program's."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    versions = _versions()
    if found is None:
        return Tables.NONE
    if found == versions.get_current_head():
        return Tables.SAME
    known = {version.revision for version in versions.walk_revisions()}
    return Tables.BEHIND if found in known else Tables.AHEAD


def migrate(url: str) -> Tables:
    """Run every migration that this database has not had; SQLite's file is made where there is none.

    Returns how its tables stood before. Raises ``ValueError`` for a database that is newer than this program.
    """
    make_file(url)
    engine = make_engine(url, migrating=True)
    try:
        before = tables_of(engine)
    finally:
        engine.dispose()
    if before is Tables.AHEAD:
        raise ValueError(_WHY_NOT[before])
    if before is not Tables.SAME:
        command.upgrade(alembic_config(url), "head")
    return before


def opened(url: str) -> Database:
    """The database of an installation that is there already. Raises ``ValueError`` with one sentence for whoever runs
    it; never makes a file, so that a slip in a path is no new and empty area.
    """
    file = file_of(url)
    if file and not file.is_file():
        raise ValueError(f"There is no database at {file.absolute()}: is PYRAMID_DATABASE right? {BEGIN}")
    database = Database(url)
    if why := _WHY_NOT.get(tables_of(database.engine)):
        database.close()
        raise ValueError(why)
    return database


BEGIN = "To begin an area, run pyramid-app setup."
_WHY_NOT = {
    Tables.NONE: f"No area is set up in this database yet. {BEGIN}",
    Tables.BEHIND: "The database is older than this program: run pyramid-app db upgrade.",
    Tables.AHEAD: "This database is newer than this program: install the version that last used it, or a newer one.",
}
