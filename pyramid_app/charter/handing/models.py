"""Every hand-over of a draft, what its owners answered, and whose hand was raised."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.handing.rules import MOST_NOTE, Stands
from pyramid_app.charter.rules import Says


class HandedOn(Row, table=True):
    """A draft went from one to another, with a note. ``reply``: what those said to whom it went, when it went on.

    ``due_on``: until then they have time. ``asked_met``: authors of comments were asked whether they are met now.
    """

    __tablename__ = "handed_on"
    __table_args__ = (sa.UniqueConstraint("draft_id", "number"),)

    id: UUID = Field(primary_key=True)
    draft_id: UUID = Field(foreign_key="draft.id")
    number: int
    went_to: Stage = Field(sa_type=words(Stage))
    version: int
    note: str = Field(default="", max_length=MOST_NOTE)
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = None
    reply: str = Field(default="", max_length=MOST_NOTE)
    replied_at: datetime | None = None
    asked_met: bool = False


class OwnerAsk(Row, table=True):
    """One partner that a draft names was asked whether it can keep the promise, by a link to its mailbox.

    The link holds ``link``: raising it ends every link before. ``entered_from``: somebody of the team wrote the answer
    down, and from what. ``warned_at``: its day was near, and it heard so.
    """

    __tablename__ = "owner_ask"
    __table_args__ = (sa.UniqueConstraint("handed_on_id", "partner"),)

    id: UUID = Field(primary_key=True)
    handed_on_id: UUID = Field(foreign_key="handed_on.id")
    draft_id: UUID = Field(foreign_key="draft.id", index=True)
    version: int
    partner: str = Field(foreign_key="partner.slug", max_length=40)
    mailbox: str = Field(default="", max_length=254)
    link: int = 0
    due_on: date
    says: Says | None = Field(default=None, sa_type=words(Says))
    words: str = Field(default="", max_length=500)
    answered_at: datetime | None = None
    entered_from: str = Field(default="", max_length=120)
    warned_at: datetime | None = None


class Hand(Row, table=True):
    """Somebody of the Group raised a hand to one version. ``as_rep``: she was a representative when she did."""

    __tablename__ = "hand"

    handed_on_id: UUID = Field(primary_key=True, foreign_key="handed_on.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    as_rep: bool
    stands: Stands = Field(sa_type=words(Stands))
    note: str = Field(default="", max_length=500)
    at: datetime
