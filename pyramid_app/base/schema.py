"""Bringing a database's tables to this version."""

from alembic import command
from alembic.config import Config

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
