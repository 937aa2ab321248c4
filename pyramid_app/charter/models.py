"""A commitment's number is never used again; what it *says* is a wording, a row of an edition."""

from datetime import date, datetime

from sqlmodel import Field

from pyramid_app.base.db import Row


class Edition(Row, table=True):
    """A published charter. ``sample``: written with the product, not by this area's parents."""

    __tablename__ = "edition"

    number: int = Field(primary_key=True)
    published_at: datetime
    introduction: str = Field(max_length=1000)
    sample: bool = False


class Principle(Row, table=True):
    """How we behave: a heading for promises, not testable itself."""

    __tablename__ = "principle"

    number: int = Field(primary_key=True)
    name: str = Field(max_length=120)
    meaning: str = Field(max_length=500)


class Commitment(Row, table=True):
    """A promise: made by one partner, testable, under one principle."""

    __tablename__ = "commitment"

    number: int = Field(primary_key=True)
    principle: int = Field(foreign_key="principle.number")
    partner: str = Field(foreign_key="partner.slug", max_length=40)


class Wording(Row, table=True):
    """What a commitment says in one edition, and how anybody will know that it is kept."""

    __tablename__ = "wording"

    edition: int = Field(primary_key=True, foreign_key="edition.number")
    commitment: int = Field(primary_key=True, foreign_key="commitment.number")
    text: str = Field(max_length=500)
    how_we_know: str = Field(max_length=500)
    review_on: date | None = None
