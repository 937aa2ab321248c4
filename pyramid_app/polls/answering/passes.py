"""The poll pass: a signed address that opens one paper for one person until close. Nothing about it is stored.

Inside are ballot, person and how many of her passes were made void before; it shows no name and signs nobody in.
"""

from dataclasses import dataclass
from uuid import UUID

from pyramid_app.base.signed import read_signed, write_signed

SIZE = 36
SALT = "poll pass"


@dataclass(frozen=True)
class Pass:
    """What a pass says. Whether it still opens anything is asked each time it is used."""

    ballot_id: bytes
    person_id: UUID
    version: int


def write_pass(secret: str, held: Pass) -> str:
    return write_signed(secret, SALT, held.ballot_id + held.person_id.bytes + held.version.to_bytes(4))


def read_pass(secret: str, token: str) -> Pass | None:
    """``None`` for whatever we did not sign, or signed for something else."""
    inside = read_signed(secret, SALT, token, SIZE)
    return Pass(inside[:16], UUID(bytes=inside[16:32]), int.from_bytes(inside[32:])) if inside else None
