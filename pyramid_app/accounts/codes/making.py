"""One-time codes and links: made while their letter is sent, kept only as keyed hashes, five tries, ten minutes."""

import secrets


def new_ask() -> str:
    """The name of one asking: it ties a code to the browser that asked for it. 128 random bits."""
    return secrets.token_urlsafe(16)


def new_code() -> str:
    """Six digits; five tries make guessing a matter of 1 in 200,000."""
    return f"{secrets.randbelow(1_000_000):06d}"


def new_token() -> str:
    """256 random bits, for links and sign-ins."""
    return secrets.token_urlsafe(32)


def digits(typed: str) -> str:
    """What was typed, without spaces and dashes."""
    return "".join(c for c in typed if c.isdecimal())
