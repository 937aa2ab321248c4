"""Codes under way, who is bound to them, and wrong tries. Codes and links are stored only as hashes."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.accounts.rules import Purpose
from pyramid_app.base.db import Row, words


class OneTimeCode(Row, table=True):
    """Written in the act of asking, for every address, and filled while its letter is sent.

    ``about``: the one question or address that it is for, where there are many. ``network``: whose asking had it
    sent. Until it is sent, and where the letter says no code, the hash is of one that nobody was told.
    """

    __tablename__ = "one_time_code"
    __table_args__ = (sa.Index("ix_one_time_code_address", "address", "purpose"),)

    id: UUID = Field(primary_key=True)
    purpose: Purpose = Field(sa_type=words(Purpose))
    about: str = Field(default="", max_length=40)
    address: str = Field(max_length=254)
    network: str = Field(max_length=64)
    code_hash: str = Field(max_length=64)
    link_hash: str | None = Field(default=None, max_length=64, unique=True)
    digits: int
    made_at: datetime
    sent_at: datetime | None = None
    expires_at: datetime = Field(index=True)
    used_at: datetime | None = None


class CodeAsk(Row, table=True):
    """One browser that asked: ``name`` is in its cookie or page, and nowhere else. ``used_at``: it typed the code."""

    __tablename__ = "code_ask"

    name: str = Field(primary_key=True, max_length=40)
    code_id: UUID = Field(foreign_key="one_time_code.id", index=True, ondelete="CASCADE")
    asked_at: datetime
    used_at: datetime | None = None


class CodeTries(Row, table=True):
    """How many wrong codes one network has typed for a code."""

    __tablename__ = "code_tries"

    code_id: UUID = Field(primary_key=True, foreign_key="one_time_code.id", ondelete="CASCADE")
    network: str = Field(primary_key=True, max_length=64)
    wrong: int = 0
