"""Secret addresses: only this installation can write or read what is inside. Nothing about them is stored.

An address ends up in the logs of proxies, so it shows nothing: it is encrypted (libsodium's SecretBox), and all of
them are as long as each other. Two addresses for the same thing differ, and open the same thing.
"""

import binascii
import hashlib
from base64 import b64decode, urlsafe_b64encode
from functools import lru_cache

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

ROOM = 41
"""Bytes for what is inside."""
SEALED = ROOM + SecretBox.NONCE_SIZE + SecretBox.MACBYTES
"""Bytes in all: 81, which base64 writes without padding."""


def write_sealed(secret: str, purpose: str, inside: bytes) -> str:
    """At most ``ROOM`` bytes, as part of an address. What is sealed for one purpose opens for no other.

    Raises ``ValueError`` for what is too long.
    """
    if len(inside) > ROOM:
        raise ValueError(f"An address has room for {ROOM} bytes, not for {len(inside)}.")
    return urlsafe_b64encode(_box(secret, purpose).encrypt(inside.ljust(ROOM, b"\0"))).decode()


def read_sealed(secret: str, purpose: str, token: str, size: int) -> bytes | None:
    """The first ``size`` bytes; ``None`` for whatever was not sealed here, or for another purpose, or was altered.

    libsodium compares the MAC in constant time.
    """
    try:
        sealed = b64decode(token, altchars=b"-_", validate=True)
        # Several texts may decode to the same bytes; only one of them is ours.
        return _box(secret, purpose).decrypt(sealed)[:size] if urlsafe_b64encode(sealed).decode() == token else None
    except (binascii.Error, ValueError, CryptoError):
        return None


@lru_cache(maxsize=64)
def _box(secret: str, purpose: str) -> SecretBox:
    """A key of its own for each purpose: keyed BLAKE2b, as libsodium's own key derivation does it."""
    key = hashlib.blake2b(secret.encode()).digest()
    return SecretBox(hashlib.blake2b(f"address\0{purpose}".encode(), key=key, digest_size=SecretBox.KEY_SIZE).digest())
