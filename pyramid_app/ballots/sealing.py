"""What an envelope holds and how it is closed: one size for all, libsodium's sealed box, roll and ballot inside.

``Carried`` is an envelope on its way in a stranger's page: it counts only if this server sealed it after checking.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

Answers = Mapping[str, list[str]]
"""Whatever the paper asks, by the name of the question; this package does not look inside."""

VERSION = 1
ROLL_BYTES = 16
STEP = 64
SEALED_BY = 48
"""Bytes that libsodium's sealed box adds to what is inside: a public key and a MAC."""
CARRIED_FOR = timedelta(minutes=30)


class Spoilt(Exception):
    """The envelope cannot be counted; the message says why, in a word or two for the log."""


def size_for(largest: Answers) -> int:
    """How long, in bytes, every payload of a paper is whose longest answer is ``largest``."""
    longest = len(_payload(bytes(ROLL_BYTES), bytes(ROLL_BYTES), largest))
    return -(-longest // STEP) * STEP


def seal(public: bytes, ballot: bytes, roll: bytes, answers: Answers, size: int) -> bytes:
    """The sealed box. Raises ``ValueError`` if the answers do not fit the paper's size."""
    payload = _payload(ballot, roll, answers)
    if len(payload) > size:
        raise ValueError("These answers are longer than the envelope.")
    return bytes(SealedBox(PublicKey(public)).encrypt(payload.ljust(size)))


def unseal(private: PrivateKey, sealed: bytes, ballot: bytes, roll: bytes) -> dict[str, list[str]]:
    """The answers inside. Raises ``Spoilt`` if it does not open, or was made for another ballot or another roll entry
    (somebody with the database copied one family's envelope over another's: ``reliability.md`` 2.3)."""
    try:
        inside = json.loads(SealedBox(private).decrypt(sealed))
    except (CryptoError, ValueError) as broken:
        raise Spoilt("does not open") from broken
    if not isinstance(inside, dict) or inside.get("v") != VERSION or not isinstance(inside.get("answers"), dict):
        raise Spoilt("unknown form")
    if inside.get("ballot") != ballot.hex():
        raise Spoilt("made for another ballot")
    if inside.get("roll") != roll.hex():
        raise Spoilt("made for another roll entry")
    return dict(inside["answers"])


def _payload(ballot: bytes, roll: bytes, answers: Answers) -> bytes:
    inside = {"v": VERSION, "ballot": ballot.hex(), "roll": roll.hex(), "answers": answers}
    # As they are, not escaped: the widest character takes four bytes then, not twelve.
    return json.dumps(inside, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Carried:
    """An envelope in a page or a cookie. ``ask`` is the one code letter it belongs to, once there is one."""

    box: bytes
    roll: bytes
    until: int
    ask: str = ""

    def bound(self, ask: str) -> "Carried":
        """The same envelope, good only together with the code of this ask."""
        return replace(self, ask=ask)

    def good_at(self, now: datetime) -> bool:
        return now.timestamp() < self.until


def carry(public: bytes, ballot: bytes, roll: bytes, answers: Answers, size: int, now: datetime) -> Carried:
    """Seal checked answers for a page; good for 30 minutes."""
    return Carried(seal(public, ballot, roll, answers, size), roll, int((now + CARRIED_FOR).timestamp()))


def write_carried(secret: str, ballot: bytes, carried: Carried) -> str:
    """What the page carries: ``box.roll.until.ask.mac``."""
    return f"{_parts(carried)}.{_mac(secret, ballot, carried)}"


def read_carried(secret: str, ballot: bytes, text: str) -> Carried | None:
    """The envelope, or ``None`` if this server never made it for this ballot and this ask. Expiry is not looked at."""
    try:
        box, roll, until, ask, mac = text.split(".")
        carried = Carried(urlsafe_b64decode(box), urlsafe_b64decode(roll), int(until), ask)
    except (ValueError, TypeError):
        return None
    good = hmac.compare_digest(mac.encode(), _mac(secret, ballot, carried).encode())
    # Re-written, because several texts decode to the same bytes; only one of them is ours.
    return carried if good and text == write_carried(secret, ballot, carried) else None


def _parts(carried: Carried) -> str:
    box, roll = (urlsafe_b64encode(part).decode() for part in (carried.box, carried.roll))
    return f"{box}.{roll}.{carried.until}.{carried.ask}"


def _mac(secret: str, ballot: bytes, carried: Carried) -> str:
    message = f"carried\0{ballot.hex()}\0{_parts(carried)}".encode()
    return hmac.new(secret.encode(), message, sha256).hexdigest()
