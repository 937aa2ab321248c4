"""Drafts and every version of their words."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.charter.drafting.rules import MOST_REASON, DraftKind, Stage
from pyramid_app.charter.rules import MOST_LINE, MOST_WORDS


class Draft(Row, table=True):
    """A proposed change. ``saves`` counts every saving, so that nobody writes over somebody else's words.

    ``edition`` is the one that it was written against; ``consulted_at``: from then on the consultative group may read
    it. ``locked_digest`` is the fingerprint of the exact text that is at the vote, which is that of ``version``; while
    it is there, no word of the draft can change.
    """

    __tablename__ = "draft"

    id: UUID = Field(primary_key=True)
    ref: str = Field(unique=True, max_length=80)
    kind: DraftKind = Field(sa_type=words(DraftKind))
    title: str = Field(max_length=MOST_LINE)
    reason: str = Field(default="", max_length=MOST_REASON)
    edition: int = Field(foreign_key="edition.number")
    stage: Stage = Field(default=Stage.GROUP, sa_type=words(Stage))
    stage_at: datetime
    started_at: datetime
    started_by_id: UUID | None = Field(default=None, foreign_key="person.id")
    version: int = 1
    saves: int = 0
    consulted_at: datetime | None = None
    locked_at: datetime | None = None
    locked_digest: str = Field(default="", max_length=64)
    adopted_in: int | None = Field(default=None, foreign_key="edition.number")
    fell_because: str = Field(default="", max_length=500)


class DraftTouch(Row, table=True):
    """A promise of the present charter that the draft would change."""

    __tablename__ = "draft_touch"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    commitment: int = Field(primary_key=True, foreign_key="commitment.number")


class DraftVersion(Row, table=True):
    """Who wrote a version, when it was saved last, and whether anybody has commented on it. Old ones stay readable."""

    __tablename__ = "draft_version"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    number: int = Field(primary_key=True)
    saved_at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    commented: bool = False


class DraftWording(Row, table=True):
    """One promise that a version proposes; ``makers`` are slugs of partners."""

    __tablename__ = "draft_wording"
    __table_args__ = (
        sa.ForeignKeyConstraint(["draft_id", "version"], ["draft_version.draft_id", "draft_version.number"]),
    )

    draft_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    position: int = Field(primary_key=True)
    principle: int = Field(foreign_key="principle.number")
    text: str = Field(default="", max_length=MOST_WORDS)
    how_we_know: str = Field(default="", max_length=MOST_WORDS)
    timescale: str = Field(default="", max_length=MOST_LINE)
    owner_role: str = Field(default="", max_length=MOST_LINE)
    review_on: date | None = None
    asks: bool = False
    makers: list[str] = Field(default_factory=list, sa_type=sa.JSON)


class DraftTwin(Row, table=True):
    """A proposed promise in Easy Read or another language. ``of_digest``: the exact text that it was made from."""

    __tablename__ = "draft_twin"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    position: int = Field(primary_key=True)
    language: str = Field(primary_key=True, max_length=12)
    text: str = Field(max_length=2 * MOST_WORDS)
    of_digest: str = Field(max_length=64)
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")


class DraftWriter(Row, table=True):
    """Somebody besides the representatives who was invited to write on a draft."""

    __tablename__ = "draft_writer"

    draft_id: UUID = Field(primary_key=True, foreign_key="draft.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    at: datetime
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
