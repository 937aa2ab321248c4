"""What the count stored, once."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pyramid_app.base.db import Row


class PollResult(Row, table=True):
    """Written once at the count.

    ``document`` is the result as everybody sees it (``stored``): what the small-number rules hold back is in no row.
    """

    __tablename__ = "poll_result"

    poll_id: UUID = Field(primary_key=True, foreign_key="poll.id")
    on_roll: int
    answered: int
    joined_while_open: int
    spoilt: int
    set_aside: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    document: str = Field(sa_type=sa.Text)
