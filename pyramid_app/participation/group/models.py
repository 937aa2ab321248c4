"""Members of the Group who were not elected; those who were are found by their standing."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from pyramid_app.base.db import Row, words
from pyramid_app.participation.group.rules import MemberKind


class GroupMember(Row, table=True):
    """Somebody belongs to the Group from then until then (half-open), for a body; who said so stays written."""

    __tablename__ = "group_member"

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    kind: MemberKind = Field(sa_type=words(MemberKind))
    body: str = Field(default="", max_length=120)
    from_at: datetime
    until_at: datetime | None = None
    by_id: UUID | None = Field(default=None, foreign_key="person.id")
