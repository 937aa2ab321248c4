"""Who says that another person has the same mailbox."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class SharedMailbox(Row, table=True):
    """Somebody whose mailbox is another person's, too. Once the desk has confirmed it, each of them has a voice.

    Forgotten with her address.
    """

    __tablename__ = "shared_mailbox"

    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    mailbox: str = Field(primary_key=True, max_length=254)
    asked_at: datetime
    confirmed_at: datetime | None = None
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
