"""The main points of a consultation, each with its answer."""

from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class Point(Row, table=True):
    """One main point that families made in a consultation, and what came of it: changed, or not because."""

    __tablename__ = "point"

    id: UUID = Field(primary_key=True)
    poll_id: UUID = Field(foreign_key="poll.id", index=True)
    position: int
    question_id: UUID | None = Field(default=None, foreign_key="question.id")
    said: str = Field(max_length=300)
    changed: bool
    answer: str = Field(max_length=1000)
