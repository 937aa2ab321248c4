"""A letter ready to leave, and the mail it becomes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from pyramid_app.base.outbox.words import Words


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
    """``at``: when it leaves. ``stop``: the address at which its reader can stop such letters."""

    message_id: str
    channel: str
    address: str
    words: Words
    sender: Sender
    at: datetime
    stop: str = ""

    def as_mail(self) -> EmailMessage:
        """The mail; ``EmailMessage`` itself refuses a line break in any header."""
        mail = EmailMessage(policy=SMTP)
        mail["Message-ID"] = self.message_id
        mail["Date"] = self.at
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
"""Returns once the letter has left; raises ``NotSent``. Anything else it raises is that letter's own misfortune."""
