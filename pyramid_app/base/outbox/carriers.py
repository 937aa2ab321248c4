"""How a letter leaves: by SMTP, or into a folder (the demo, and machines that must not write to anybody)."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from pyramid_app.base.outbox.words import Words


class TryLater(Exception):
    """The server is away or busy; the letter waits."""


class RefusedForGood(Exception):
    """The server knows this address and will never take a letter for it."""


@dataclass(frozen=True)
class Sender:
    """From whom letters come, and who reads the replies (a monitored mailbox)."""

    name: str
    address: str
    reply_to: str


class Whole(EmailPolicy):
    """SMTP's policy, but the address in ``List-Unsubscribe`` stays in one piece.

    Python folds a long word into encoded words, and mail programs then open half an address.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


SMTP = Whole(linesep="\r\n")


@dataclass(frozen=True)
class Parcel:
    """A letter ready to leave. ``stop``: the address at which its reader can stop such letters."""

    message_id: str
    channel: str
    address: str
    words: Words
    sender: Sender
    stop: str = ""

    def as_mail(self) -> EmailMessage:
        """The mail; ``EmailMessage`` itself refuses a line break in any header."""
        mail = EmailMessage(policy=SMTP)
        mail["Message-ID"] = self.message_id
        mail["From"] = Address(self.sender.name, addr_spec=self.sender.address)
        mail["Reply-To"] = self.sender.reply_to
        mail["To"] = self.address
        mail["Subject"] = self.words.subject
        mail["Auto-Submitted"] = "auto-generated"
        if self.stop:
            # RFC 8058: the reader's mail program shows a button of its own, and posts to this address.
            mail["List-Unsubscribe"] = f"<{self.stop}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(self.words.text)
        return mail


Carry = Callable[[Parcel], None]


class Carrier(Protocol):
    """A way out. ``channels`` are the kinds of contact point that it can reach."""

    channels: frozenset[str]

    def open(self) -> AbstractContextManager[Carry]:
        """One connection for a batch; raises ``TryLater`` if there is none."""
        ...


class Files:
    """Each letter is a file ``<id>.eml`` in a folder; the same letter sent twice is still one file."""

    channels = frozenset({"email", "mobile"})

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def open(self) -> Iterator[Carry]:
        self.folder.mkdir(parents=True, exist_ok=True)
        yield self._carry

    def _carry(self, parcel: Parcel) -> None:
        name = parcel.message_id.strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(parcel.as_mail().as_bytes())


class Smtp:
    """A real mail server: ``smtp://user:password@host:port`` (STARTTLS where offered) or ``smtps://…``."""

    channels = frozenset({"email"})

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)

    @contextmanager
    def open(self) -> Iterator[Carry]:
        try:
            with self._connect() as server:
                yield lambda parcel: _hand_over(server, parcel)
        except (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError) as away:
            raise TryLater(type(away).__name__) from away

    def _connect(self) -> smtplib.SMTP:
        host, port = self.url.hostname or "localhost", self.url.port
        if self.url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port or 465, timeout=20)
        else:
            server = smtplib.SMTP(host, port or 25, timeout=20)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls()
        if self.url.username:
            server.login(unquote(self.url.username), unquote(self.url.password or ""))
        return server


def _hand_over(server: smtplib.SMTP, parcel: Parcel) -> None:
    try:
        server.send_message(parcel.as_mail())
    except smtplib.SMTPRecipientsRefused as refused:
        code, _text = next(iter(refused.recipients.values()))
        raise _judge(code) from refused
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
        raise _judge(refused.smtp_code) from refused


def _judge(code: int) -> Exception:
    """5xx is for good, 4xx (greylisting, full mailbox) for now: RFC 5321, 4.2.1."""
    return RefusedForGood(f"mail server answered {code}") if code >= 500 else TryLater(f"answered {code}")


def carrier_for(mail: str) -> Carrier:
    """The carrier that ``PYRAMID_MAIL`` names; raises ``ValueError`` with one sentence."""
    scheme, _, rest = mail.partition(":")
    if scheme == "files" and rest:
        return Files(Path(rest))
    if scheme in {"smtp", "smtps"}:
        return Smtp(mail)
    raise ValueError("PYRAMID_MAIL must be smtp://host:port, smtps://host:port or files:FOLDER.")
