"""Marks of representatives, formats that were promised, and every move of a close."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.kit.say import Say
from pyramid_app.polls.fairness.rules import Cause, why_moved


class Look(Row, table=True):
    """One representative asked to look at the wording. ``seen`` is the fingerprint of the words that were shown:
    a mark belongs to those words and to no others."""

    __tablename__ = "look"

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    person_id: UUID = Field(primary_key=True, foreign_key="person.id")
    seen: str = Field(primary_key=True, max_length=64)
    asked_at: datetime
    fair: bool | None = None
    because: str = Field(default="", max_length=500)
    marked_at: datetime | None = None


class Format(Row, table=True):
    """One format that the area promised (a language, Easy Read, audio) for one poll: where it is, or why it is not."""

    __tablename__ = "format"

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    name: str = Field(primary_key=True, max_length=60)
    address: str = Field(default="", max_length=500)
    ready_at: datetime | None = None
    waived_because: str = Field(default="", max_length=500)


class Extension(Row, table=True):
    """The close of an open poll moved to a later time, with the reason that everybody was told: ``why``."""

    __tablename__ = "extension"

    id: UUID = Field(primary_key=True)
    poll_id: UUID = Field(foreign_key="poll.id", index=True)
    at: datetime
    closed_at: datetime
    closes_at: datetime
    cause: Cause = Field(default=Cause.OFFICER, sa_type=words(Cause))
    because: str = Field(default="", max_length=500)
    told_at: datetime | None = None

    @property
    def why(self) -> Say:
        return why_moved(self.cause, self.because)
