"""The link to whoever has to keep a promise: sealed, for one question. It signs nobody in and is stored nowhere."""

from dataclasses import dataclass
from uuid import UUID

from pyramid_app.base.sealed import read_sealed, write_sealed

SIZE = 20
PURPOSE = "can you keep it"


@dataclass(frozen=True)
class Held:
    """Which question a link opens, and how many links of it were ended before."""

    ask_id: UUID
    link: int = 0


def write_link(secret: str, held: Held) -> str:
    return write_sealed(secret, PURPOSE, held.ask_id.bytes + held.link.to_bytes(4))


def read_link(secret: str, token: str) -> Held | None:
    """``None`` for whatever we did not seal, or sealed for something else."""
    inside = read_sealed(secret, PURPOSE, token, SIZE)
    return Held(UUID(bytes=inside[:16]), int.from_bytes(inside[16:])) if inside else None
