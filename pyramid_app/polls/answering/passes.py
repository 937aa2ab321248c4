"""The poll pass: a sealed address that opens one paper for one person until close. Nothing about it is stored.

Inside are ballot, person and how many of her passes were made void before; it shows no name and signs nobody in.
"""

from dataclasses import dataclass
from uuid import UUID

from pyramid_app.base.sealed import read_sealed, write_sealed

SIZE = 36
PURPOSE = "poll pass"


@dataclass(frozen=True)
class Pass:
    """What a pass says. Whether it still opens anything is asked each time it is used."""

    ballot_id: bytes
    person_id: UUID
    version: int


def write_pass(secret: str, held: Pass) -> str:
    return write_sealed(secret, PURPOSE, held.ballot_id + held.person_id.bytes + held.version.to_bytes(4))


def read_pass(secret: str, token: str) -> Pass | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    return Pass(inside[:16], UUID(bytes=inside[16:32]), int.from_bytes(inside[32:])) if inside else None
