"""Reading an e-mail that was pasted, with or without its head: who wrote it, when, and whether a machine did. Pure."""

import base64
import binascii
import quopri
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from email import message_from_string
from email.errors import MessageError
from email.message import Message
from email.policy import Compat32, default
from email.utils import parseaddr, parsedate_to_datetime
from enum import StrEnum

from pyramid_app.feedback.intake.mail_html import without_tags
from pyramid_app.feedback.intake.mail_parts import Kind, Part, cut
from pyramid_app.feedback.rules import REF_LETTERS

LONGEST = 200_000
"""Letters of a mail; a longer one carries files, which nobody pastes on purpose."""
MOST_LINES = 2_000
MOST_HEADER = 1_000
"""Letters of a header that are read: a line of a mail has 998 at the most (RFC 5322, 2.1.1)."""
MOST_NESTED = 20
"""Parts of parts: a forwarded report has four or five."""


class Machine(StrEnum):
    """Who wrote it, where that was nobody."""

    BOUNCE = "bounce"
    AUTO_REPLY = "auto-reply"


@dataclass(frozen=True)
class Mail:
    """What was found. ``body`` is the text of the mail, its transport undone; ``parts`` put together are the body."""

    body: str
    parts: tuple[Part, ...]
    name: str = ""
    address: str = ""
    subject: str = ""
    sent_on: date | None = None
    machine: Machine | None = None
    message_ids: tuple[str, ...] = ()
    refs: tuple[str, ...] = field(default=())

    @property
    def words(self) -> str:
        """What its writer said."""
        return "".join(part.text for part in self.parts if part.kind is Kind.KEPT).strip()

    @property
    def dropped(self) -> list[Part]:
        return [part for part in self.parts if part.kind is not Kind.KEPT and part.text.strip()]


def is_too_long(pasted: str) -> bool:
    """Whether it is more than anybody reads: such a mail is not opened, whoever asks."""
    return len(pasted) > LONGEST or len(pasted.splitlines()) > MOST_LINES


def read_mail(pasted: str) -> Mail:
    """Everything that can be known about a pasted mail. Never fails: what can't be read is the mail's words, and so is
    the whole of one that ``is_too_long``.
    """
    if is_too_long(pasted):
        return Mail(pasted, (Part(Kind.KEPT, pasted),))
    pasted = pasted.replace("\r\n", "\n").replace("\r", "\n")
    head, body = _open(pasted)
    parts = tuple(cut(body))
    name, address = parseaddr(_header(head, "from"))
    subject = " ".join(_header(head, "subject").split())
    return Mail(
        body,
        parts,
        name=_first_name(name),
        address=address if "@" in address else "",
        subject=subject,
        sent_on=_day(_header(head, "date") or _header(head, "sent")),
        machine=_machine(head, subject, body),
        # Of other mails that it speaks of; its own is nobody's.
        message_ids=tuple(dict.fromkeys(_MESSAGE_ID.findall(pasted))),
        refs=tuple(dict.fromkeys(_REF.findall(f"{subject}\n{body}"))),
    )


# Its head, and how its body travelled --------------------------------------------------------------------------------

_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{1,60}):(?:[ \t].*)?")
_KNOWN = re.compile(
    r"(?:from|to|subject|date|sent|received|return-path|message-id|delivered-to|mime-version):", re.IGNORECASE
)
_MESSAGE_ID = re.compile(r"<[^<>@\s]{1,100}@[^<>@\s]{1,200}>")
_REF = re.compile(rf"(?<![A-Za-z0-9])[{REF_LETTERS}]{{6}}(?![A-Za-z0-9])")


_NESTING = re.compile(r"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_READ = frozenset((
    "from", "subject", "date", "sent", "content-type", "content-transfer-encoding", "content-disposition",
    "mime-version", "auto-submitted", "x-autoreply", "x-autorespond",
))  # fmt: skip
"""The headers that are read here; no other reaches a parser."""


class _Bounded(Compat32):
    """Headers stay the text they are, of which no more is looked at than ``MOST_HEADER`` letters: the parser of the
    newer policies takes the square of their length, for each part and each look."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return str(super().header_fetch_parse(name, value[:MOST_HEADER]))


def _open(pasted: str) -> tuple[Message | None, str]:
    """The head, if the paste begins with one, and the body as it was written."""
    lines = pasted.lstrip("\n \ufeff").split("\n")
    length = _length_of_head(lines)
    if length < 2 or sum(bool(_KNOWN.match(line)) for line in lines[:length]) < 2:
        return None, _travelled(pasted)
    below = "\n".join(lines[length:])
    try:
        message = _message(lines[:length], below)
        body = _body(message)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError):
        # The library stumbles over some heads that are broken; the words below them are still there.
        return None, below.lstrip("\n")
    if body is None:
        return message, _travelled(below.lstrip("\n"))
    return message, body.replace("\r\n", "\n").replace("\r", "\n")


def _length_of_head(lines: Sequence[str]) -> int:
    for at, line in enumerate(lines):
        if not (_HEADER.fullmatch(line) or (at and line[:1] in " \t" and line.strip())):
            return at
    return len(lines)


def _message(head: Sequence[str], below: str) -> Message:
    """Raises ``ValueError`` where parts lie in parts without end."""
    if len(_NESTING.findall(below)) > MOST_NESTED:
        raise ValueError("nested")
    kept, wanted = list[str](), False
    for line in head:
        if line[:1] not in " \t":
            wanted = line.partition(":")[0].lower() in _READ
        if wanted:
            kept.append(line)
    return message_from_string("\n".join([*kept, "", below.removeprefix("\n")]), policy=_Bounded())


def _body(message: Message) -> str | None:
    """Its words, undone from what carried them; ``None`` where the head says nothing of that, or nothing is found."""
    if not (message.get("content-type") or message.get("content-transfer-encoding")):
        return None
    texts = _texts(message)
    for kind in ("plain", "html"):
        for part in texts:
            if part.get_content_subtype() == kind and (words := _carried(part)).strip():
                return without_tags(words) if kind == "html" else words
    return None


def _texts(message: Message) -> list[Message]:
    """The parts that are text and no files, in order."""
    found, waiting = list[Message](), [message]
    while waiting:
        part = waiting.pop()
        inside = part.get_payload() if part.get_content_maintype() == "multipart" else ""
        if isinstance(inside, list):
            waiting += [one for one in reversed(inside) if isinstance(one, Message)]
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            found.append(part)
    return found


def _carried(part: Message) -> str:
    """Its text. What travelled as it is was text before it was pasted, whatever its head says of signs."""
    how = str(part.get("content-transfer-encoding") or "").strip().lower()
    text, charset = str(part.get_payload()), part.get_content_charset()
    if how == "quoted-printable":
        return _decoded(quopri.decodestring(_encoded(text, charset)), charset)
    raw = part.get_payload(decode=True) if how == "base64" else None
    return _decoded(raw, charset) if isinstance(raw, bytes) else text


def _encoded(text: str, charset: str | None) -> bytes:
    """Some signs may stand in it as they are: whoever pasted it saw them."""
    try:
        return text.encode(charset or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return text.encode(errors="replace")


def _decoded(raw: bytes, charset: str | None) -> str:
    for name in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def _travelled(body: str) -> str:
    """A body without its head that still looks as it was carried: as base64, or with ``=C3=A9`` in it."""
    flat = "".join(body.split())
    if (
        len(flat) >= 40
        and len(flat) % 4 == 0
        and re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", flat)
        and not body.strip().count(" ")
    ):
        try:
            return base64.b64decode(flat, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return body
    if len(re.findall(r"=[0-9A-F]{2}", body)) >= 2 and re.search(r"=$", body, re.MULTILINE):
        try:
            return quopri.decodestring(body.encode()).decode()
        except UnicodeDecodeError:
            return body
    return body


def _header(head: Message | None, name: str) -> str:
    try:
        return str(default.header_factory(name, str(head.get(name) or ""))) if head is not None else ""
    except (MessageError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        return ""


def _first_name(name: str) -> str:
    """ "Yusuf, Amina" and "Amina Yusuf" are both called Amina."""
    plain = name.strip(" \"'")
    last, comma, first = plain.partition(",")
    said = (first if comma else last).split()
    return said[0][:80] if said and "@" not in said[0] else ""


def _day(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


# Machines ------------------------------------------------------------------------------------------------------------

_BOUNCED = re.compile(
    r"\s*(?:undeliver(?:able|ed)|delivery status notification|mail delivery (?:failed|subsystem)|returned mail"
    r"|failure notice|delivery (?:has )?failed|message not delivered|unzustellbar)", re.IGNORECASE)  # fmt: skip
_NO_DELIVERY = re.compile(
    r"\s*(?:delivery has failed to these recipients|this is the mail (?:system|delivery agent)|your message"
    r" (?:to .{1,100} )?(?:couldn't|could not|wasn't|was not) (?:be )?delivered"
    r"|the following address(?:es)? (?:failed|had permanent))", re.IGNORECASE)  # fmt: skip
_REPLIED = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|autoreply|abwesen"
    r"|away from (?:my )?(?:desk|office))", re.IGNORECASE)  # fmt: skip
_AWAY = re.compile(
    r"\s*(?:(?:hello|hi|dear .{1,40}|good (?:morning|afternoon)|thank you for your (?:e-?mail|message))[,.! ]*+\s*+)?"
    r"(?:i am|i'm|i’m|i will be) (?:currently )?(?:out of (?:the )?office|away from (?:the |my )?(?:office|desk)"
    r"|on (?:annual |maternity |sick )?leave)", re.IGNORECASE)  # fmt: skip


def _machine(head: Message | None, subject: str, body: str) -> Machine | None:
    sender = _header(head, "from").casefold()
    kind = _header(head, "content-type").casefold()
    if re.search(r"delay|read:", subject, re.IGNORECASE) and "multipart/report" in kind:
        return Machine.AUTO_REPLY
    if "mailer-daemon" in sender or "postmaster@" in sender or "report-type=delivery-status" in kind.replace('"', ""):
        return Machine.BOUNCE
    if _BOUNCED.match(subject) or _NO_DELIVERY.match(body):
        return Machine.BOUNCE
    if "multipart/report" in kind:
        return Machine.AUTO_REPLY
    automatic = _header(head, "auto-submitted").casefold().split(";")[0].strip() not in ("", "no")
    if automatic or _header(head, "x-autoreply") or _header(head, "x-autorespond"):
        return Machine.AUTO_REPLY
    return Machine.AUTO_REPLY if _REPLIED.match(subject) or _AWAY.match(body) else None
