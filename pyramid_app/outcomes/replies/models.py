"""What a partner was asked, and what it said beside an answer that it saw first."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row

OPEN = sa.text("replied_at IS NULL AND stopped_at IS NULL")


class PartnerAsk(Row, table=True):
    """One question about a topic to one partner; only one at a time waits for an answer.

    The link in a letter holds ``version``: raising it ends every link that went before. It went to ``passed_to``, or
    else to ``mailbox``. ``entered_from``: somebody of the team wrote the answer down, and from what.
    """

    __tablename__ = "partner_ask"
    __table_args__ = (
        sa.Index("ix_partner_ask_open", "topic_id", "partner", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = Field(primary_key=True)
    topic_id: UUID = Field(foreign_key="topic.id", index=True)
    partner: str = Field(foreign_key="partner.slug", max_length=40)
    question: str = Field(max_length=1000)
    asked_at: datetime
    due_on: date = Field(index=True)
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    version: int = 0
    mailbox: str = Field(max_length=254)
    passed_to: str = Field(default="", max_length=254)
    sent_on: date
    draft: str = Field(default="", sa_type=sa.Text)
    draft_at: datetime | None = None
    reply: str = Field(default="", sa_type=sa.Text)
    replied_at: datetime | None = None
    replied_on: date | None = None
    entered_from: str = Field(default="", max_length=120)
    why_late: str = Field(default="", max_length=300)
    warned_1_at: datetime | None = None
    warned_2_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def sent_to(self) -> str:
        """Whose mailbox holds the link."""
        return self.passed_to or self.mailbox


class PartnerNote(Row, table=True):
    """A partner that an answer names saw it first, and may have added ``words``, which stand beside it. Not a veto."""

    __tablename__ = "partner_note"
    __table_args__ = (sa.UniqueConstraint("outcome_id", "partner"),)

    id: UUID = Field(primary_key=True)
    outcome_id: UUID = Field(foreign_key="outcome.id", index=True)
    partner: str = Field(foreign_key="partner.slug", max_length=40)
    mailbox: str = Field(max_length=254)
    shown_at: datetime
    words: str = Field(default="", sa_type=sa.Text)
    at: datetime | None = None
