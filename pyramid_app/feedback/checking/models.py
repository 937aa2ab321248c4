"""One check a term: what was drawn, in words that an officer cleared, and what each reader would have done."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class BlindCheck(Row, table=True):
    """A term's check; ``term_on`` is the term's last day. ``asked_at``: two representatives have the words."""

    __tablename__ = "blind_check"

    term_on: date = Field(primary_key=True)
    drawn_at: datetime
    asked_at: datetime | None = None
    done_at: datetime | None = None


class BlindItem(Row, table=True):
    """A message that was held back, drawn by lot. ``words`` are empty until an officer has taken the names out."""

    __tablename__ = "blind_item"

    id: UUID = Field(primary_key=True)
    term_on: date = Field(foreign_key="blind_check.term_on", index=True)
    voice_id: UUID = Field(foreign_key="voice.id", index=True)
    words: str = Field(default="", sa_type=sa.Text)


class BlindMark(Row, table=True):
    """What one reader would have done; empty until she has said it for all."""

    __tablename__ = "blind_mark"

    item_id: UUID = Field(primary_key=True, foreign_key="blind_item.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)
    hold_back: bool | None = None
