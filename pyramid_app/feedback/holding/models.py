"""One decision not to publish somebody's words: why, who agreed, what the author said to it, what came of that."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.feedback.holding.rules import Reason


class HeldBack(Row, table=True):
    """``because``: the line that its author reads. ``confirmed_at``: from then on it is held back; until then it is
    only proposed and a second officer decides. ``told_at``: when its author learns of it; until then it can be undone.
    ``next_word_on``: when the author hears about her objection. ``upheld``: whether it stays held back after that.
    """

    __tablename__ = "held_back"

    voice_id: UUID = Field(primary_key=True, foreign_key="voice.id")
    reason: Reason = Field(sa_type=words(Reason))
    because: str = Field(max_length=500)
    by_id: UUID = Field(foreign_key="person.id")
    at: datetime
    second_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    confirmed_at: datetime | None = Field(default=None, index=True)
    told_at: datetime | None = None
    objection: str = Field(default="", sa_type=sa.Text)
    objected_at: datetime | None = None
    next_word_on: date | None = None
    word_owed: bool = False
    answered_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    answer: str = Field(default="", max_length=1000)
    answered_at: datetime | None = None
    upheld: bool | None = None
