"""A hand-over: which place has a family's words about their own child, and whether it said that they arrived."""

from datetime import date, datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.feedback.own_child.rules import Place


class HandOver(Row, table=True):
    """One for each voice. ``consent``: how the family said yes, where an officer noted it (``by_id``).

    ``version``: raised whenever the place is asked again; links with an older one are dead. ``word_on``: the day of
    the next word to the family when the place was last asked. The phone number goes with the words.
    """

    __tablename__ = "hand_over"

    id: UUID = Field(primary_key=True)
    voice_id: UUID = Field(foreign_key="voice.id", unique=True)
    place: Place = Field(sa_type=words(Place))
    mailbox: str = Field(max_length=254)
    phone: str = Field(default="", max_length=40)
    consent: str = Field(default="", max_length=200)
    consented_at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime
    version: int = 1
    word_on: date
    received_at: datetime | None = None
    received_by: str = Field(default="", max_length=80)
    ring_on: date | None = None
    text_gone_at: datetime | None = None
