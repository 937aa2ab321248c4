"""A real SMTP server in this process, and what a person can read in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.support.ports import free_port


class _Keeper(Message):
    def __init__(self, mails: list[EmailMessage]) -> None:
        super().__init__()
        self.mails = mails

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        return message_from_bytes(envelope.original_content, policy=default)

    def handle_message(self, message: Any) -> None:
        self.mails.append(message)


@dataclass
class Mailbox:
    """Every mail that arrived, oldest first."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]

    def text(self, address: str) -> str:
        """The words of the newest mail to that address."""
        found = self.to(address)
        assert found, f"no mail to {address}; mails to {sorted({m['To'] for m in self.mails})}"
        return str(found[-1].get_content())

    def code(self, address: str) -> str:
        found = re.search(r"^\s*(\d{6})\s*$", self.text(address), re.MULTILINE)
        assert found, "the newest mail has no code"
        return found[1]

    def link(self, address: str, first_part: str) -> str:
        found = re.search(rf"https?://\S+/{first_part}/\S+", self.text(address))
        assert found, f"no /{first_part}/ link in: {self.text(address)}"
        return found[0]


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox(free_port())
    controller = Controller(_Keeper(box.mails), hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()
