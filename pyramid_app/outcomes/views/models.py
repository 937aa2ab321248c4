"""What each representative was asked and said about an answer."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.outcomes.views.rules import View


class RepsView(Row, table=True):
    """One representative was asked about one answer; ``view`` is empty until she says what she thinks."""

    __tablename__ = "reps_view"

    outcome_id: UUID = Field(primary_key=True, foreign_key="outcome.id")
    by_id: UUID = Field(primary_key=True, foreign_key="person.id")
    asked_at: datetime
    view: View | None = Field(default=None, sa_type=words(View))
    because: str = Field(default="", max_length=500)
    at: datetime | None = None
