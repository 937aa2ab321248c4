"""Ballot, roll and envelopes (``DESIGN.md`` 6). No time, no address, no serial stands beside an envelope.

SQLite's hidden row number would give the order of casting back (``reliability.md`` 0.1): tables without rowid.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.ballots.rules import Roll
from pyramid_app.base.db import Row, words


class SealKey(Row, table=True):
    """The public half of a key pair; the private half is a file on the scheduler's machine, never a row."""

    __tablename__ = "seal_key"

    name: str = Field(primary_key=True, max_length=40)
    public: bytes = Field(sa_type=sa.LargeBinary)
    made_at: datetime
    ballot_id: bytes | None = Field(default=None, sa_type=sa.LargeBinary, unique=True)


class Ballot(Row, table=True):
    """A box: who may put one envelope in, from when until when. Open and closed follow from the clock.

    ``final``: an envelope that is in stays as it is.
    ``roll_digested_on``: the day on which its roll was last written into the log as a fingerprint.
    ``rang_at``: when more people than usual had first joined while it was open.
    """

    __tablename__ = "ballot"

    id: bytes = Field(primary_key=True, sa_type=sa.LargeBinary)
    about: str = Field(max_length=120, unique=True)
    roll: Roll = Field(sa_type=words(Roll))
    key_name: str = Field(foreign_key="seal_key.name", max_length=40)
    envelope_size: int
    rules_digest: str = Field(max_length=64)
    frozen_at: datetime
    opens_at: datetime
    closes_at: datetime
    counting_at: datetime | None = None
    counted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    roll_digested_on: date | None = None
    spoilt: int = 0
    final: bool = False
    rang_at: datetime | None = None


class RollEntry(Row, table=True):
    """One person's right to one envelope. ``took_part`` is set at the count, for all in one act.

    ``mark``: a keyed mark of ballot and mailbox, so that one mailbox has one place even if its owner leaves and comes
    back; it goes at the count. ``waits``: the desk looks at it before its envelope is counted; ``network`` is kept so
    long, a keyed mark of day and network. ``set_aside``: its envelope is not counted.
    """

    __tablename__ = "roll_entry"
    __table_args__ = (
        sa.UniqueConstraint("ballot_id", "person_id"),
        sa.Index("ix_roll_entry_mark", "ballot_id", "mark", unique=True),
        sa.Index(
            "ix_roll_entry_waits", "ballot_id", sqlite_where=sa.text("waits = 1"), postgresql_where=sa.text("waits")
        ),
        {"sqlite_with_rowid": False},
    )

    id: bytes = Field(primary_key=True, sa_type=sa.LargeBinary)
    ballot_id: bytes = Field(sa_type=sa.LargeBinary, foreign_key="ballot.id")
    person_id: UUID = Field(foreign_key="person.id", index=True)
    joined_while_open: bool = False
    took_part: bool | None = None
    mark: str | None = Field(default=None, max_length=64)
    waits: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    network: str | None = Field(default=None, max_length=64)
    set_aside: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class Envelope(Row, table=True):
    """One sealed box. That it exists is the only sign that somebody has answered."""

    __tablename__ = "envelope"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ballot_id: bytes = Field(primary_key=True, sa_type=sa.LargeBinary, foreign_key="ballot.id")
    roll_id: bytes = Field(primary_key=True, sa_type=sa.LargeBinary)
    sealed: bytes = Field(sa_type=sa.LargeBinary)
