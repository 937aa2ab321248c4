"""What colleagues write beside a message: private, never a family's words."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row


class DeskNote(Row, table=True):
    """A note, or a question to a colleague (``to_id``) until she has answered it.."""

    __tablename__ = "desk_note"

    id: UUID = Field(primary_key=True)
    voice_id: UUID = Field(foreign_key="voice.id", index=True)
    by_id: UUID = Field(foreign_key="person.id")
    to_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    words: str = Field(max_length=1000)
    at: datetime
    answered_at: datetime | None = None
