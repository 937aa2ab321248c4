"""The link to a partner's mailbox: signed, for one question or one answer. Nothing about it is stored.

Inside are what it is for, its id, and for a question how many links were ended before; it signs nobody in.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from itsdangerous import BadSignature, Signer

SIZE = 21


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
    inside = held.what.value.encode() + held.id.bytes + held.version.to_bytes(4)
    return _signer(secret).sign(urlsafe_b64encode(inside)).decode()


def read_link(secret: str, token: str) -> Held | None:
    """``None`` for whatever we did not sign, or signed for something else."""
    try:
        signed = _signer(secret).unsign(token.encode())
        inside = urlsafe_b64decode(signed)
    except (BadSignature, ValueError):
        return None
    if len(inside) != SIZE or inside[:1].decode("latin-1") not in {one.value for one in For}:
        return None
    held = Held(For(inside[:1].decode()), UUID(bytes=inside[1:17]), int.from_bytes(inside[17:]))
    # Several texts decode to the same bytes; only the one we wrote is ours.
    return held if write_link(secret, held) == token else None


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="partner answer", key_derivation="hmac", digest_method=hashlib.sha256)
