"""The verdict link: a sealed address that asks one person one thing, and signs nobody in. Nothing about it is stored.

Inside are what it asks about, the person, and how many of her links were made void before. When it ends is asked each
time it is used.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from uuid import UUID

from pyramid_app.base.sealed import read_sealed, write_sealed

SIZE = 37
PURPOSE = "verdict link"


class Asks(IntEnum):
    """What a link asks: did this help, or the question of a term."""

    HELPED = 1
    TOLD = 2


@dataclass(frozen=True)
class Link:
    """``about``: the outcome's id, or the term's last day (``of_term``)."""

    asks: Asks
    about: UUID
    person_id: UUID
    version: int

    @property
    def term_on(self) -> date:
        return date.fromordinal(self.about.int)


def of_term(term_on: date) -> UUID:
    """A term's last day in the place of an id."""
    return UUID(int=term_on.toordinal())


def write_link(secret: str, link: Link) -> str:
    inside = bytes([link.asks]) + link.about.bytes + link.person_id.bytes + link.version.to_bytes(4)
    return write_sealed(secret, PURPOSE, inside)


def read_link(secret: str, token: str) -> Link | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    if inside is None or inside[0] not in set(Asks):
        return None
    return Link(Asks(inside[0]), UUID(bytes=inside[1:17]), UUID(bytes=inside[17:33]), int.from_bytes(inside[33:]))
