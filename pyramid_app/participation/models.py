"""Levels as data, standings as intervals, invitations that are forgotten."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class Level(Row, table=True):
    """One level of the pyramid; ``position`` 0 is its ground. ``votes``: its people answer Parliament polls.

    ``by_choice``: anybody may step onto it; otherwise one is chosen or invited. ``public``: its people are named.
    """

    __tablename__ = "level"

    slug: str = Field(primary_key=True, max_length=40)
    position: int = Field(unique=True)
    name: str = Field(max_length=80)
    asks: str = Field(max_length=300)
    takes: str = Field(max_length=120)
    invitation: str = Field(max_length=80)
    votes: bool = True
    by_choice: bool = True
    public: bool = False
    seats: int | None = None


class Standing(Row, table=True):
    """Where somebody stands, from then until then (half-open). One at a time; higher levels include lower ones."""

    __tablename__ = "standing"
    __table_args__ = (
        sa.Index("uq_standing_one_open", "person_id", unique=True, sqlite_where=sa.text("until_at IS NULL"),
                 postgresql_where=sa.text("until_at IS NULL")),
    )  # fmt: skip

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    level: str = Field(foreign_key="level.slug", index=True, max_length=40)
    declared_at: datetime | None = None
    from_at: datetime
    until_at: datetime | None = None


class Invitation(Row, table=True):
    """One letter to one person from one lead, with a reason. No answer: address and name are forgotten."""

    __tablename__ = "invitation"

    id: UUID = Field(primary_key=True)
    address: str | None = Field(default=None, max_length=254)
    name: str = Field(default="", max_length=80)
    level: str = Field(foreign_key="level.slug", max_length=40)
    why: str = Field(max_length=500)
    by_id: UUID = Field(foreign_key="person.id")
    invited_at: datetime
    answered_at: datetime | None = None
    answer: bool | None = None
    forgotten_at: datetime | None = None


class Facts(Row, table=True):
    """What somebody chose to tell about their family, so that a question can go to those whom it concerns."""

    __tablename__ = "facts"

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    ward: str = Field(default="", max_length=60)
    setting: str = Field(default="", max_length=60)
