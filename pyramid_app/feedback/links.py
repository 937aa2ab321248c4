"""Signed links to one thing and one version of it. Nothing about them is stored; each kind opens only its own door."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from itsdangerous import BadSignature, Signer

PLACE = "[[link]]"
"""Where a letter that waits says that its link belongs: it is made while sending."""

SIZE = 20


@dataclass(frozen=True)
class Held:
    """What a link says. Whether it still opens anything is asked each time it is used."""

    id: UUID
    version: int


def write_link(secret: str, kind: str, held: Held) -> str:
    inside = held.id.bytes + held.version.to_bytes(4)
    return _signer(secret, kind).sign(urlsafe_b64encode(inside).rstrip(b"=")).decode()


def read_link(secret: str, kind: str, token: str) -> Held | None:
    """``None`` for whatever we did not sign, or signed for something else."""
    try:
        signed = _signer(secret, kind).unsign(token.encode())
        inside = urlsafe_b64decode(signed + b"=" * (-len(signed) % 4))
    except (BadSignature, ValueError):
        return None
    if len(inside) != SIZE:
        return None
    held = Held(UUID(bytes=inside[:16]), int.from_bytes(inside[16:]))
    # Several texts decode to the same bytes; only the one we wrote is ours.
    return held if write_link(secret, kind, held) == token else None


def _signer(secret: str, kind: str) -> Signer:
    return Signer(secret, salt=f"feedback {kind}", key_derivation="hmac", digest_method=hashlib.sha256)
