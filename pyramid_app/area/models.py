"""The area's settings as rows: one per change, so that who changed what, when and why stays readable."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class Setting(Row, table=True):
    """One change of one setting; the newest ``from_at`` that is not in the future holds."""

    __tablename__ = "setting"

    id: UUID = Field(primary_key=True)
    name: str = Field(max_length=60, index=True)
    value: Any = Field(sa_type=sa.JSON)
    from_at: datetime
    by_id: UUID | None = None
    why: str = Field(max_length=500)
