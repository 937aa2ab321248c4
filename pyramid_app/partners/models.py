"""Partners are rows: an area names its own, and says who speaks for each."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class Partner(Row, table=True):
    """A body that makes promises. ``slug`` is stable; ``name`` is what families read.

    ``mailbox``: the address of a role there, where questions about a topic go; empty where nobody can be asked.
    ``ended_on``: from this day on it is a partner no more; what it promised and answered stays readable.
    """

    __tablename__ = "partner"

    slug: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=120)
    position: int = 0
    mailbox: str = Field(default="", max_length=254)
    ended_on: date | None = None


class Speaker(Row, table=True):
    """Somebody who speaks for a partner, for an interval of time; who said so stays written."""

    __tablename__ = "speaker"

    id: UUID = Field(primary_key=True)
    partner: str = Field(foreign_key="partner.slug", max_length=40, index=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    from_at: datetime
    until_at: datetime | None = None
    by_id: UUID | None = None
