"""What became of somebody's addresses in the last 14 days."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class AddressChange(Row, table=True):
    """An address was confirmed, or ended; then ``kept`` is what it was, so that it can be put back until ``until``."""

    __tablename__ = "address_change"

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    point_id: UUID = Field(foreign_key="contact_point.id", index=True)
    kept: str = Field(default="", max_length=254)
    at: datetime
    until: datetime = Field(index=True)
    undone_at: datetime | None = None
