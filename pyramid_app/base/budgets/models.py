"""What was spent of each budget."""

from datetime import datetime

from sqlmodel import Field

from pyramid_app.base.db import Row


class Spending(Row, table=True):
    """``spent`` of a budget in the interval that began at ``slot``; ``refused``: how often more was asked for.

    ``whose`` is a keyed mark, which tells nobody whose it is.
    """

    __tablename__ = "spending"

    what: str = Field(primary_key=True, max_length=40)
    slot: datetime = Field(primary_key=True, index=True)
    whose: str = Field(primary_key=True, max_length=64)
    spent: int = 0
    refused: int = 0
