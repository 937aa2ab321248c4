"""The same world twice: whatever is drawn at random comes out the same, so that only what a test changes can differ."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
import uuid6
from sqlmodel import SQLModel

from pyramid_app.base.db import Database

Rows = dict[str, list[dict[str, Any]]]
"""By table, its rows in their own order."""


@contextmanager
def same_luck(seed: int) -> Iterator[None]:
    """Ids, references, codes and tokens as in every other block with this seed. What libsodium draws stays random."""
    drawn = random.Random(seed)
    uuid6._last_v7_timestamp = None
    with patch.object(os, "urandom", drawn.randbytes), patch.object(random, "_urandom", drawn.randbytes):
        yield


def every_row(database: Database) -> Rows:
    """All that the database holds, as its owner can read it."""
    with database.reading() as session:
        return {
            table.name: sorted((dict(row) for row in session.execute(sa.select(table)).mappings()), key=str)
            for table in SQLModel.metadata.sorted_tables
        }
