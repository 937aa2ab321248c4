"""A few bytes that only this installation can have written, as part of an address. Nothing about them is kept."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

from itsdangerous import BadSignature, Signer


def write_signed(secret: str, salt: str, inside: bytes) -> str:
    """``salt`` names what they are for: what is signed for one thing opens no other."""
    return _signer(secret, salt).sign(urlsafe_b64encode(inside)).decode()


def read_signed(secret: str, salt: str, token: str, size: int) -> bytes | None:
    """The bytes, if there are so many; ``None`` for whatever we did not sign, or signed for something else."""
    try:
        inside = urlsafe_b64decode(_signer(secret, salt).unsign(token.encode()))
    except (BadSignature, ValueError):
        return None
    # Several texts decode to the same bytes; only the one we wrote is ours.
    return inside if len(inside) == size and write_signed(secret, salt, inside) == token else None


def _signer(secret: str, salt: str) -> Signer:
    return Signer(secret, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)
