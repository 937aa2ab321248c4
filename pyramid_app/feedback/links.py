"""Sealed links to one thing and one version of it. Nothing about them is stored; each kind opens only its own door."""

from dataclasses import dataclass
from uuid import UUID

from pyramid_app.base.sealed import read_sealed, write_sealed

PLACE = "[[link]]"
"""Where a letter that waits says that its link belongs: it is made while sending."""

SIZE = 20


@dataclass(frozen=True)
class Held:
    """What a link says. Whether it still opens anything is asked each time it is used."""

    id: UUID
    version: int


def write_link(secret: str, kind: str, held: Held) -> str:
    return write_sealed(secret, f"feedback {kind}", held.id.bytes + held.version.to_bytes(4))


def read_link(secret: str, kind: str, token: str) -> Held | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, f"feedback {kind}", token, SIZE)
    return Held(UUID(bytes=inside[:16]), int.from_bytes(inside[16:])) if inside else None
