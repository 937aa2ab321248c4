"""One-time codes and links: made while their letter is sent, kept only as keyed hashes, five tries, ten minutes."""

import hmac
import secrets
from hashlib import sha256


def new_ask() -> str:
    """The name of one asking: it ties a code to the browser that asked for it. 128 random bits."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """Six digits; five tries make guessing a matter of 1 in 200,000."""
    return f"{secrets.randbelow(1_000_000):06d}"


def new_token() -> str:
    """256 random bits, for links and sign-ins."""
    return secrets.token_urlsafe(32)


def keyed(secret: str, purpose: str, *parts: str) -> str:
    """What is stored instead of a code or token: useless to a reader of the database without ``secret``."""
    message = "\0".join((purpose, *parts)).encode()
    return hmac.new(secret.encode(), message, sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def digits(typed: str) -> str:
    """What was typed, without spaces and dashes."""
    return "".join(c for c in typed if c.isdecimal())
