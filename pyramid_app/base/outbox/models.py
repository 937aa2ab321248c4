"""The outbox row. A letter is written once (its key) and sent at least once, always under one Message-ID."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from pyramid_app.base.db import Row


class Letter(Row, table=True):
    """One letter to one person, or to a bare address where nobody is known yet (sign-in, invitation).

    ``monthly_at``: it was one too many in its month, and goes with the monthly letter that is due then;
    ``folded_into_id`` is that letter, once it is written. ``claimed_until``: a sender has it in hand, and nobody else
    touches it until then. ``put_off``: why it did not leave when it was last tried; no address and no word of it.
    """

    __tablename__ = "letter"
    __table_args__ = (
        sa.CheckConstraint("(person_id IS NULL) <> (address IS NULL)", name="one_receiver"),
        sa.Index("ix_letter_due", "not_before", sqlite_where=sa.text("sent_at IS NULL AND refused_at IS NULL"),
                 postgresql_where=sa.text("sent_at IS NULL AND refused_at IS NULL")),
        sa.Index("ix_letter_waits", "monthly_at", sqlite_where=sa.text("folded_into_id IS NULL"),
                 postgresql_where=sa.text("folded_into_id IS NULL")),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    key: str = Field(unique=True, max_length=200)
    kind: str = Field(max_length=40)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    address: str | None = Field(default=None, max_length=254)
    about: str | None = Field(default=None, max_length=120, index=True)
    language: str = Field(default="en", max_length=12)
    subject: str = Field(default="", max_length=200)
    text: str = Field(default="", sa_type=sa.Text)
    one_line: str = Field(default="", max_length=200)
    link: str = Field(default="", max_length=300)
    maker: str | None = Field(default=None, max_length=40)
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    urgent: bool = False
    posted_at: datetime
    not_before: datetime
    expires_at: datetime | None = None
    channel: str | None = Field(default=None, max_length=12)
    message_id: str | None = Field(default=None, max_length=200)
    tries: int = 0
    claimed_until: datetime | None = None
    put_off: str | None = Field(default=None, max_length=80)
    sent_at: datetime | None = None
    refused_at: datetime | None = None
    refused: str | None = Field(default=None, max_length=300)
    monthly_at: datetime | None = None
    folded_into_id: UUID | None = Field(default=None, foreign_key="letter.id", index=True)


def is_open() -> sa.ColumnElement[bool]:
    """Neither sent nor put aside."""
    return col(Letter.sent_at).is_(None) & col(Letter.refused_at).is_(None)
