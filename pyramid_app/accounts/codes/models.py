"""Codes under way. They are stored only as hashes."""

from datetime import datetime

from sqlmodel import Field

from pyramid_app.accounts.rules import Purpose
from pyramid_app.base.db import Row, words


class OneTimeCode(Row, table=True):
    """Made while its letter is sent. ``ask`` ties it to the browser that asked; code and link are kept as hashes."""

    __tablename__ = "one_time_code"

    ask: str = Field(primary_key=True, max_length=40)
    purpose: Purpose = Field(sa_type=words(Purpose))
    address: str = Field(max_length=254)
    code_hash: str = Field(max_length=64)
    link_hash: str | None = Field(default=None, max_length=64, unique=True)
    made_at: datetime
    expires_at: datetime = Field(index=True)
    tries: int = 0
    used_at: datetime | None = None
