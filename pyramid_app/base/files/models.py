"""The row of a file that is kept. The file itself lies under ``PYRAMID_FILES``, named by what is in it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.base.files.rules import Kind, size_in_words


class StoredFile(Row, table=True):
    """One file with its words: what a picture shows, what a PDF says. Never changed; two rows may share one file."""

    __tablename__ = "stored_file"

    id: UUID = Field(primary_key=True)
    digest: str = Field(max_length=64, index=True)
    kind: Kind = Field(sa_type=words(Kind))
    size: int
    width: int | None = None
    height: int | None = None
    words: str = Field(sa_type=sa.Text)
    name: str = Field(max_length=120)
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
    at: datetime

    @property
    def is_picture(self) -> bool:
        return self.kind is not Kind.PDF

    @property
    def in_words(self) -> str:
        """How large it is."""
        return size_in_words(self.size)
