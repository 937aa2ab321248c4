"""Keyed marks: what is stored instead of a code, a token, a mailbox or a network."""

import hmac
from hashlib import sha256


def keyed(secret: str, purpose: str, *parts: str) -> str:
    """HMAC-SHA-256 in hex (64 signs): useless to a reader of the database without ``secret``."""
    message = "\0".join((purpose, *parts)).encode()
    return hmac.new(secret.encode(), message, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
