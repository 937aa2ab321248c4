"""The link to a partner's mailbox: sealed, for one question or one answer. Nothing about it is stored.

Inside are what it is for, its id, and for a question how many links were ended before; it signs nobody in.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from pyramid_app.base.sealed import read_sealed, write_sealed

SIZE = 21
PURPOSE = "partner answer"


class For(StrEnum):
    """What a link opens: a question to answer, or an answer that is not public yet."""

    ASK = "a"
    NOTE = "n"


@dataclass(frozen=True)
class Held:
    """What a link says. Whether it still opens anything is asked each time it is used."""

    what: For
    id: UUID
    version: int = 0


def write_link(secret: str, held: Held) -> str:
    return write_sealed(secret, PURPOSE, held.what.value.encode() + held.id.bytes + held.version.to_bytes(4))


def read_link(secret: str, token: str) -> Held | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    if inside is None or inside[:1].decode("latin-1") not in {one.value for one in For}:
        return None
    return Held(For(inside[:1].decode()), UUID(bytes=inside[1:17]), int.from_bytes(inside[17:]))
