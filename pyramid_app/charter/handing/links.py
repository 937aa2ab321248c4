"""The link to whoever has to keep a promise: signed, for one question. It signs nobody in and is stored nowhere."""

from dataclasses import dataclass
from uuid import UUID

from pyramid_app.base.signed import read_signed, write_signed

SIZE = 20
SALT = "can you keep it"


@dataclass(frozen=True)
class Held:
    """Which question a link opens, and how many links of it were ended before."""

    ask_id: UUID
    link: int = 0


def write_link(secret: str, held: Held) -> str:
    return write_signed(secret, SALT, held.ask_id.bytes + held.link.to_bytes(4))


def read_link(secret: str, token: str) -> Held | None:
    """``None`` for whatever we did not sign, or signed for something else."""
    inside = read_signed(secret, SALT, token, SIZE)
    return Held(UUID(bytes=inside[:16]), int.from_bytes(inside[16:])) if inside else None
