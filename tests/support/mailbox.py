"""A real SMTP server in this process, and what a person can read in it."""

import re
import threading
from collections.abc import Callable, Iterator
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
    def __init__(self, mails: list[EmailMessage], arrived: threading.Condition) -> None:
        super().__init__()
        self.mails, self.arrived = mails, arrived

    def prepare_message(self, session: Any, envelope: Any) -> Any:
        return message_from_bytes(envelope.original_content, policy=default)

    def handle_message(self, message: Any) -> None:
        with self.arrived:
            self.mails.append(message)
            self.arrived.notify_all()


@dataclass
class Mailbox:
    """Every mail that arrived, oldest first."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, enough: Callable[[list[EmailMessage]], bool], seconds: float = 30) -> None:
        """Until the mails that have come are enough; fails after so many seconds."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: enough(self.mails), seconds), f"only {len(self.mails)} mails came"

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
    controller = Controller(_Keeper(box.mails, box.arrived), hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()
