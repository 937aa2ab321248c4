"""Reading an e-mail that was pasted, with or without its head: who wrote it, when, and whether a machine did. Pure."""

import base64
import binascii
import quopri
import re
from dataclasses import dataclass, field
from datetime import date
from email import message_from_string
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from enum import StrEnum
from html.parser import HTMLParser

from pyramid_app.feedback.intake.mail_parts import Kind, Part, cut
from pyramid_app.feedback.rules import REF_LETTERS


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


def read_mail(pasted: str) -> Mail:
    """Everything that can be known about a pasted mail. Never fails: what can't be read is the mail's words."""
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


def _open(pasted: str) -> tuple[EmailMessage | None, str]:
    """The head, if the paste begins with one, and the body as it was written."""
    text = pasted.lstrip("\n \ufeff")
    lines = text.split("\n")
    head = list[str]()
    for line in lines:
        if not (_HEADER.fullmatch(line) or (head and line[:1] in " \t" and line.strip())):
            break
        head.append(line)
    if len(head) < 2 or sum(bool(_KNOWN.match(line)) for line in head) < 2:
        return None, _travelled(pasted)
    try:
        message = message_from_string(text, policy=default)
        body = _body(message)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError):
        # The library stumbles over some heads that are broken; the words below them are still there.
        return None, "\n".join(lines[len(head) :]).lstrip("\n")
    if body is None:
        return message, _travelled("\n".join(lines[len(head) :]).lstrip("\n"))
    return message, body.replace("\r\n", "\n").replace("\r", "\n")


def _body(message: EmailMessage) -> str | None:
    """Its words, undone from what carried them; ``None`` where the head says nothing of that."""
    if not (message.get("content-type") or message.get("content-transfer-encoding")):
        return None
    part = message.get_body(("plain", "html"))
    if part is None:
        return None
    found = part.get_payload(decode=True)
    raw = found if isinstance(found, bytes) else b""
    text = _decoded(raw, part.get_content_charset())
    return _without_tags(text) if part.get_content_type() == "text/html" else text


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


class _Words(HTMLParser):
    """The text of an HTML mail; lines where blocks end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said, self.silent = list[str](), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"style", "script", "head", "title"}
        if tag in {"br", "p", "div", "tr", "li", "blockquote"}:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script", "head", "title"} and self.silent:
            self.silent -= 1
        if tag in {"p", "blockquote"}:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(" ".join(data.split()) if data.strip() else " ")


def _without_tags(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.said)).strip() + "\n"


def _header(head: EmailMessage | None, name: str) -> str:
    try:
        return str(head.get(name) or "") if head is not None else ""
    except (MessageError, ValueError, TypeError, AttributeError, IndexError, KeyError):
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
    r"\s*(?:(?:hello|hi|dear .{1,40}|good (?:morning|afternoon)|thank you for your (?:e-?mail|message))[,.! ]*\s*)?"
    r"(?:i am|i'm|i’m|i will be) (?:currently )?(?:out of (?:the )?office|away from (?:the |my )?(?:office|desk)"
    r"|on (?:annual |maternity |sick )?leave)", re.IGNORECASE)  # fmt: skip


def _machine(head: EmailMessage | None, subject: str, body: str) -> Machine | None:
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
