"""Bringing a database's tables to this version."""

from functools import cache

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import Session

from pyramid_app.base.paths import folder


def alembic_config(url: str) -> Config:
    """Alembic's own settings, for the migrations of this product and that database."""
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def migrate(url: str) -> None:
    """Run every migration that this database has not had."""
    command.upgrade(alembic_config(url), "head")


def has_this_version(session: Session) -> bool:
    """Whether its tables are neither older nor newer than this program."""
    found = session.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all()
    return found == [_this_version()]


@cache
def _this_version() -> str | None:
    return ScriptDirectory.from_config(alembic_config("")).get_current_head()
