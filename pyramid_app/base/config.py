"""Settings of the installation, read from ``PYRAMID_…`` once. What an *area* decides is data and lies in ``area``."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from pyramid_app.base.dsn import is_loopback, read_dsn

SECRET = 16
"""Signs that a secret has at least."""


class Settings(BaseSettings):
    """One installation. Every field is a variable: ``database`` is ``PYRAMID_DATABASE``.

    A value that means nothing raises ``ValidationError``; what is unsafe together is said by ``refuse_unsafe``.
    """

    model_config = SettingsConfigDict(env_prefix="PYRAMID_", frozen=True, hide_input_in_errors=True)

    database: str = "sqlite:///data/pyramid.db"
    secret: SecretStr = SecretStr("")
    address: str = "http://127.0.0.1:8000"
    mail: str = ""
    mail_ca: Path | None = None
    keys: Path = Path("data/keys")
    files: Path = Path("data/files")
    proxies: int = Field(default=0, ge=0, le=20)

    @field_validator("database")
    @classmethod
    def _one_spelling(cls, url: str) -> str:
        return read_dsn(url)

    @field_validator("address")
    @classmethod
    def _whole(cls, typed: str) -> str:
        try:
            parts = urlsplit(typed)
            whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and "@" not in parts.netloc
        except ValueError:
            whole = False
        if not whole or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(
                "PYRAMID_ADDRESS must be the whole public address without a path, like https://pyramid.example.org."
            )
        return f"{parts.scheme}://{parts.netloc}"

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


def refuse_unsafe(settings: Settings) -> None:
    """With some settings an area would be open to strangers, or mute: every door asks before it opens.

    Raises ``ValueError`` with one sentence that says what to write.
    """
    if len(settings.secret.get_secret_value()) < SECRET:
        raise ValueError(f"PYRAMID_SECRET must be at least {SECRET} characters long.")
    if not settings.mail:
        raise ValueError("PYRAMID_MAIL is not set: write smtp://USER:PASSWORD@HOST:PORT, so that letters can leave.")
    if settings.letters_folder:
        _refuse_strangers(settings)
    elif "address" not in settings.model_fields_set:
        raise ValueError("PYRAMID_ADDRESS is not set: write the public address that letters link to, with https://.")
    if settings.secure and "proxies" not in settings.model_fields_set:
        raise ValueError(
            "PYRAMID_PROXIES is not set: write how many proxies stand in front of an https address, 1 for the one that"
            " ends TLS, or 0 if there is none."
        )


def _refuse_strangers(settings: Settings) -> None:
    """Letters in a folder are shown to whoever asks, codes and all: that is for one's own machine only."""
    if settings.proxies or not is_loopback(urlsplit(settings.address).hostname or ""):
        raise ValueError(
            "PYRAMID_MAIL=files:… shows every letter to every visitor: it works only where PYRAMID_ADDRESS is this"
            " machine, like http://127.0.0.1:8000, and no proxy stands in front."
        )


def sentence_of(wrong: ValueError) -> str:
    """What is wrong with a setting, for whoever runs the machine. It quotes no value: some are secret."""
    if not isinstance(wrong, ValidationError):
        return str(wrong)
    first = wrong.errors(include_input=False, include_url=False)[0]
    ours = first.get("ctx", {}).get("error")
    return str(ours) if ours else f"PYRAMID_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}."


def as_environment(settings: Settings) -> dict[str, str]:
    """The environment in which another process reads these same settings."""
    own = {
        f"PYRAMID_{name.upper()}": value.get_secret_value() if isinstance(value, SecretStr) else str(value)
        for name, value in settings
        if name in settings.model_fields_set
    }
    return {**os.environ, **own}
