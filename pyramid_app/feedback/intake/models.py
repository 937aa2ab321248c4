"""What the doors keep for a day: lists that wait to be taken in."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class ImportList(Row, table=True):
    """A list that an officer brought. It is kept until a day has passed, whether it was taken in or not.

    ``header``: its first row as we read it. ``left_out``: each row that is broken or here already, with the reason.
    ``total``: rows in the file, ``waiting``: still to come in, ``taken``: in. ``begun_at``: the officer said yes.
    """

    __tablename__ = "import_list"

    id: UUID = Field(primary_key=True)
    by_id: UUID = Field(foreign_key="person.id")
    name: str = Field(max_length=120)
    consent: str = Field(max_length=200)
    header: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    left_out: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    total: int
    waiting: int
    taken: int = 0
    brought_at: datetime = Field(index=True)
    begun_at: datetime | None = None
    ended_at: datetime | None = None


class ImportBatch(Row, table=True):
    """Rows that fit, as many as one act takes: ``[line, cells]`` each. It goes in the act that takes them in."""

    __tablename__ = "import_batch"

    list_id: UUID = Field(primary_key=True, foreign_key="import_list.id")
    number: int = Field(primary_key=True)
    rows: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
