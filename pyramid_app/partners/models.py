"""Partners are rows: an area names its own."""

from sqlmodel import Field

from pyramid_app.base.db import Row


class Partner(Row, table=True):
    """A body that makes promises. ``slug`` is stable; ``name`` is what families read."""

    __tablename__ = "partner"

    slug: str = Field(primary_key=True, max_length=40)
    name: str = Field(max_length=120)
    position: int = 0
