"""Comments on drafts; none is ever deleted, and what is hidden stays with its reason."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.charter.commenting.rules import MOST, MOST_QUOTE, CameOf, Weight


class Comment(Row, table=True):
    """What one member said to one version. ``quote``: the words it is about; empty, it is about the whole.

    ``unnamed``: shown as "a parent". ``hidden_at``: members do not see its text, and its author sees why;
    ``objected_at``: the author asked the chair to look again.
    """

    __tablename__ = "comment"

    id: UUID = Field(primary_key=True)
    draft_id: UUID = Field(foreign_key="draft.id", index=True)
    version: int
    quote: str = Field(default="", max_length=MOST_QUOTE)
    text: str = Field(max_length=MOST)
    weight: Weight = Field(sa_type=words(Weight))
    by_id: UUID = Field(foreign_key="person.id", index=True)
    unnamed: bool = False
    at: datetime
    came_of: CameOf | None = Field(default=None, sa_type=words(CameOf))
    because: str = Field(default="", max_length=MOST)
    answered_at: datetime | None = None
    answered_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    hidden_at: datetime | None = None
    hidden_because: str = Field(default="", max_length=500)
    objection: str = Field(default="", max_length=500)
    objected_at: datetime | None = None


class CommentReport(Row, table=True):
    """A member asked to look at somebody's words. Settled by hiding them or by leaving them."""

    __tablename__ = "comment_report"

    comment_id: UUID = Field(primary_key=True, foreign_key="comment.id")
    by_id: UUID = Field(primary_key=True, foreign_key="person.id")
    why: str = Field(max_length=500)
    at: datetime
    settled_at: datetime | None = None


class Met(Row, table=True):
    """At a hand-over its author was asked: is it met now? Who says nothing has no row."""

    __tablename__ = "met"

    comment_id: UUID = Field(primary_key=True, foreign_key="comment.id")
    handed_on_id: UUID = Field(primary_key=True, foreign_key="handed_on.id")
    met: bool
    at: datetime
