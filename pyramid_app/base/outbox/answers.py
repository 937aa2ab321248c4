"""What it means that a letter did not leave: whose fault it is, and what to do next. Pure.

A mail server answers each step with three digits (RFC 5321, 4.2.1: 4xx for now, 5xx for good) and often with a finer
code behind them (RFC 3463: X.1.1 to X.1.6 and X.2.x are the receiver's mailbox, X.1.7 and X.1.8 the sender's).
"""

import re
from enum import StrEnum


class Hindrance(StrEnum):
    """Why no letter leaves, whoever it is for."""

    AWAY = "away"
    """There is no connection, or it breaks again and again."""
    UNSAFE = "unsafe"
    """The connection is not encrypted, or the server's certificate does not prove whose it is."""
    REFUSED = "refused"
    """The server answers, and takes no mail from us: not from this sender, this sign-in or this machine."""


class SmtpStep(StrEnum):
    """Where in the conversation an answer came."""

    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"


class NotSent(Exception):
    """The letter did not leave. ``broken``: the connection is of no use any more. ``untouched``: the server cannot
    have taken the letter, so that another try makes no second copy.
    """

    def __init__(self, why: str = "", *, broken: bool = False, untouched: bool = False) -> None:
        super().__init__(why)
        self.why, self.broken, self.untouched = why, broken, untouched


class TryLater(NotSent):
    """This letter waits: a full mailbox, a server that is busy, a connection that broke in its middle."""


class RefusedForGood(NotSent):
    """The server will never take this letter for this address."""


class Hindered(NotSent):
    """No letter would have left. ``why`` is what the server said, without addresses."""

    def __init__(self, kind: Hindrance, why: str = "", *, broken: bool = False) -> None:
        super().__init__(why, broken=broken, untouched=True)
        self.kind = kind


_OURS = re.compile(
    r"sender|send as|mail from|\bfrom (?:address|domain)|relay|rcpthosts|authenticat|not authori[sz]ed"
    r"|client (?:host|was)|block(?:ed|list)|blacklist|(?:your|sending) (?:ip|host|server)|reverse dns"
    r"|\b(?:spf|dkim|dmarc|helo|ehlo)\b",
    re.IGNORECASE,
)
_FINER = re.compile(r"\b[245]\.(\d{1,3})\.(\d{1,3})\b")


def judge(step: SmtpStep, code: int, said: str, to: str) -> NotSent:
    """What the server's answer to this step means for the letter to ``to``."""
    shown = without_addresses(said, to)
    if not 400 <= code < 600:
        return TryLater(f"nonsense at {step}", broken=True, untouched=step is not SmtpStep.DATA)
    if code == 421:
        return TryLater("421", broken=True, untouched=step is not SmtpStep.DATA)
    if step is SmtpStep.MAIL or (code >= 500 and _is_ours(code, shown)):
        return Hindered(Hindrance.REFUSED, f"{code} {shown}".strip())
    return RefusedForGood(f"mail server answered {code}") if code >= 500 else TryLater(f"answered {code}")


def _is_ours(code: int, shown: str) -> bool:
    """Whether a refusal speaks of who sends. Many servers say so only at the receiver's name, or after the data."""
    finer = _FINER.search(shown)
    about, detail = (int(finer[1]), int(finer[2])) if finer else (0, 0)
    if about == 2 or (about == 1 and detail not in (7, 8)):
        return False
    return code in (530, 535) or about == 1 or bool(_OURS.search(shown))


_ADDRESS = re.compile(r"<[^<>]*>|(?<![^\s>])[^\s@>]*+@\S*")
"""From where a word begins, so that a long answer is read once."""


def without_addresses(said: str, to: str = "") -> str:
    """One short line of what a server said: no address, nor either half of ``to``, nor anything unprintable."""
    plain = _ADDRESS.sub("…", said)
    for half in to.split("@"):
        if half:
            plain = re.sub(rf"(?<!\w){re.escape(half)}(?!\w)", "…", plain, flags=re.IGNORECASE)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())[:160]
