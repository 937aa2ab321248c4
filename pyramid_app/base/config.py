"""Settings of the installation, read from ``PYRAMID_…`` once. What an *area* decides is data and lies in ``area``."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One installation. Every field is a variable: ``database`` is ``PYRAMID_DATABASE``."""

    model_config = SettingsConfigDict(env_prefix="PYRAMID_", frozen=True, hide_input_in_errors=True)

    database: str = "sqlite:///data/pyramid.db"
    secret: SecretStr = SecretStr("")
    address: str = "http://127.0.0.1:8000"
    mail: str = "files:data/letters"
    keys: Path = Path("data/keys")
    files: Path = Path("data/files")
    proxies: int = 0

    @field_validator("database")
    @classmethod
    def _one_spelling(cls, url: str) -> str:
        return url.replace("postgres://", "postgresql://", 1)

    @field_validator("address")
    @classmethod
    def _no_slash(cls, address: str) -> str:
        return address.rstrip("/")

    @property
    def on_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Families reach this installation over https."""
        return urlsplit(self.address).scheme == "https"

    @property
    def letters_folder(self) -> Path | None:
        """Where letters are written instead of sent (``files:DIR``), or ``None`` where they are really sent."""
        return Path(self.mail.removeprefix("files:")) if self.mail.startswith("files:") else None


def as_environment(settings: Settings) -> dict[str, str]:
    """The environment in which another process reads these same settings."""
    own = {
        f"PYRAMID_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in settings
    }
    return {**os.environ, **own}
