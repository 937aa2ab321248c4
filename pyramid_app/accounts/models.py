"""People, the ways to reach them, their sign-ins, roles and absences. Tokens are stored only as hashes."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.accounts.rules import ContactKind, PersonKind
from pyramid_app.base.actor import Hat, Role
from pyramid_app.base.db import Row, words


class Person(Row, table=True):
    """Somebody. ``name`` is the first name they like to be called by; a parent needs none.

    ``passes`` is the number of poll passes made void so far: raising it ends every link sent before.
    """

    __tablename__ = "person"

    id: UUID = Field(primary_key=True)
    kind: PersonKind = Field(sa_type=words(PersonKind))
    name: str = Field(default="", max_length=80)
    job: str = Field(default="", max_length=80)
    language: str = Field(default="en", max_length=12)
    wants_questions: bool = True
    wants_answers: bool = True
    wants_notices: bool = True
    passes: int = 0
    added_at: datetime


class ContactPoint(Row, table=True):
    """A way to reach somebody. Two people may share one address; each of their rows is confirmed by itself.

    Letters go to ``address``; people are found by ``mailbox``, its one spelling (``canonical_mailbox``).
    """

    __tablename__ = "contact_point"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "kind", "address"),
        sa.Index("ix_contact_point_address", "address"),
        sa.Index("ix_contact_point_mailbox", "mailbox"),
    )

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    kind: ContactKind = Field(sa_type=words(ContactKind))
    address: str = Field(max_length=254)
    mailbox: str = Field(max_length=254)
    added_at: datetime
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None


class SignIn(Row, table=True):
    """One signed-in browser; ending the row ends it on its next request. Idle time rides in the signed cookie."""

    __tablename__ = "sign_in"

    id: UUID = Field(primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    hat: Hat = Field(sa_type=words(Hat))
    kept: bool = False
    began_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class RoleGrant(Row, table=True):
    """A role for an interval of time; who gave it stays written."""

    __tablename__ = "role_grant"

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=words(Role))
    from_at: datetime
    until_at: datetime | None = None
    by_id: UUID | None = None


class Away(Row, table=True):
    """Somebody on the staff is away from ``from_at`` until the day before ``until_on``; ``cover_id`` has what waits
    for them so long. ``ended_at``: they came back earlier, or said something else since."""

    __tablename__ = "away"

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    until_on: date
    cover_id: UUID = Field(foreign_key="person.id", index=True)
    from_at: datetime
    ended_at: datetime | None = None
