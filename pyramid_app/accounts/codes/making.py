"""Codes, names of asks and tokens: drawn at random, and kept only as keyed hashes."""

import secrets
from unicodedata import decimal

from pyramid_app.base.sealed import SEALED


def new_ask() -> str:
    """The name of one asking: it ties a code to the browser that asked for it. 128 random bits."""
    return secrets.token_urlsafe(16)


def new_code(length: int) -> str:
    """So many digits."""
    return f"{secrets.randbelow(10**length):0{length}d}"


def new_token() -> str:
    """256 random bits, for sign-ins."""
    return secrets.token_urlsafe(32)


def new_link() -> str:
    """For a sign-in link: drawn, and as long as every other address that carries a secret."""
    return secrets.token_urlsafe(SEALED)


def digits(typed: str) -> str:
    """The digits in what was typed, on whatever keyboard: ``١٧ 82-10`` is ``178210``."""
    return "".join(str(decimal(sign)) for sign in typed if sign.isdecimal())
