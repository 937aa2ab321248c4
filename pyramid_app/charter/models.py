"""A commitment's number is never used again; what it *says* is a wording, a row of an edition."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.charter.rules import MOST_LINE, MOST_WORDS, Says


class Edition(Row, table=True):
    """A published charter, whole, for ever. ``sample``: written with the product, not by parents here."""

    __tablename__ = "edition"

    number: int = Field(primary_key=True)
    published_at: datetime
    introduction: str = Field(max_length=1000)
    sample: bool = False


class Principle(Row, table=True):
    """How we behave: a heading for promises, not testable itself. One that is reworded gets a number of its own."""

    __tablename__ = "principle"

    number: int = Field(primary_key=True)
    name: str = Field(max_length=120)
    meaning: str = Field(max_length=500)


class Commitment(Row, table=True):
    """A number that means one promise for ever, whatever later editions say under it."""

    __tablename__ = "commitment"

    number: int = Field(primary_key=True)


class Wording(Row, table=True):
    """What a commitment says in one edition. ``asks``: something that families are asked for, promised by nobody."""

    __tablename__ = "wording"

    edition: int = Field(primary_key=True, foreign_key="edition.number")
    commitment: int = Field(primary_key=True, foreign_key="commitment.number")
    principle: int = Field(foreign_key="principle.number")
    text: str = Field(max_length=MOST_WORDS)
    how_we_know: str = Field(max_length=MOST_WORDS)
    timescale: str = Field(default="", max_length=MOST_LINE)
    owner_role: str = Field(default="", max_length=MOST_LINE)
    review_on: date | None = None
    asks: bool = False


class Maker(Row, table=True):
    """A partner that a wording names, and what it said before parents voted on it."""

    __tablename__ = "maker"
    __table_args__ = (sa.ForeignKeyConstraint(["edition", "commitment"], ["wording.edition", "wording.commitment"]),)

    edition: int = Field(primary_key=True)
    commitment: int = Field(primary_key=True)
    partner: str = Field(primary_key=True, foreign_key="partner.slug", max_length=40)
    says: Says = Field(default=Says.KEEPS, sa_type=words(Says))
    condition: str = Field(default="", max_length=MOST_WORDS)


class Twin(Row, table=True):
    """The same promise in Easy Read or another language. ``of_digest`` is the exact text that it was made from."""

    __tablename__ = "twin"
    __table_args__ = (sa.ForeignKeyConstraint(["edition", "commitment"], ["wording.edition", "wording.commitment"]),)

    edition: int = Field(primary_key=True)
    commitment: int = Field(primary_key=True)
    language: str = Field(primary_key=True, max_length=12)
    text: str = Field(max_length=2 * MOST_WORDS)
    of_digest: str = Field(max_length=64)


class Successor(Row, table=True):
    """Where a promise went that was split or merged: its number stays its own, and its page says where to read on."""

    __tablename__ = "successor"

    commitment: int = Field(primary_key=True, foreign_key="commitment.number")
    successor: int = Field(primary_key=True, foreign_key="commitment.number")


class Signature(Row, table=True):
    """A partner signed an edition: who for it, by the role, and on which day."""

    __tablename__ = "signature"

    edition: int = Field(primary_key=True, foreign_key="edition.number")
    partner: str = Field(primary_key=True, foreign_key="partner.slug", max_length=40)
    role: str = Field(max_length=MOST_LINE)
    signed_on: date
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
