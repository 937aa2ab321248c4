"""The poll pass: a signed address that opens one paper for one person until close. Nothing about it is stored.

Inside are ballot, person and how many of her passes were made void before; it shows no name and signs nobody in.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from itsdangerous import BadSignature, Signer

SIZE = 36


@dataclass(frozen=True)
class Pass:
    """What a pass says. Whether it still opens anything is asked each time it is used."""

    ballot_id: bytes
    person_id: UUID
    version: int


def write_pass(secret: str, held: Pass) -> str:
    inside = held.ballot_id + held.person_id.bytes + held.version.to_bytes(4)
    return _signer(secret).sign(urlsafe_b64encode(inside)).decode()


def read_pass(secret: str, token: str) -> Pass | None:
    """``None`` for whatever we did not sign, or signed for something else."""
    try:
        signed = _signer(secret).unsign(token.encode())
        inside = urlsafe_b64decode(signed)
    except (BadSignature, ValueError):
        return None
    if len(inside) != SIZE:
        return None
    held = Pass(inside[:16], UUID(bytes=inside[16:32]), int.from_bytes(inside[32:]))
    # Several texts decode to the same bytes; only the one we wrote is ours.
    return held if write_pass(secret, held) == token else None


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="poll pass", key_derivation="hmac", digest_method=hashlib.sha256)
