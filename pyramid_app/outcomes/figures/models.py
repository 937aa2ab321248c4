"""What the figures keep, so that the front page costs the same for five hundred voices and for fifty thousand.

All are made from other tables and can be thrown away at any time: then they are counted while the page waits.
"""

from datetime import date
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class ToldDay(Row, table=True):
    """Of those who spoke on one London day and can hear from us, how many were told within 90 days. Written when
    these days are over; ``counted_on`` is the day on which it was last counted."""

    __tablename__ = "told_day"

    on: date = Field(primary_key=True)
    spoke: int
    told: int
    counted_on: date


class AnswerWait(Row, table=True):
    """How many messages of a year had their first answer after so many working days. Counted with ``ToldDay``."""

    __tablename__ = "answer_wait"

    days: int = Field(primary_key=True)
    messages: int


class HiddenFigures(Row, table=True):
    """Of one poll's stored result, how many figures are shown and how many the small-number rules hold back."""

    __tablename__ = "hidden_figures"

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    shown: int
    hidden: int
