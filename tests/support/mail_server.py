"""A mail server on a real socket that can misbehave in every way, at every step, for one address or once."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from pathlib import Path
from typing import cast

CERTIFICATES = Path(__file__).parent / "certificates"
AUTHORITY = CERTIFICATES / "authority.pem"
"""Signed ``ours.pem``, for localhost, 127.0.0.1 and mail.example.org; ``other.pem`` signed itself, for evil.example."""


class Step(StrEnum):
    """Where in the conversation it misbehaves."""

    GREETING = "greeting"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    AFTER = "after data"


class Manner(StrEnum):
    """How."""

    REFUSES = "refuses"
    HANGS_UP = "says 421 and hangs up"
    CLOSES = "closes without a word"
    STALLS = "stalls"
    NONSENSE = "talks nonsense"


@dataclass
class MailServer:
    """``mails``: what was taken, with whom it was for. ``heard``: every line that came before encryption or after.

    ``fails``: at this step; for ``at`` (an address) where the step knows one, else the first ``times`` times.
    ``most``: after so many letters a connection is used up (0: never).
    """

    offers: tuple[str, ...] = ("8BITMIME", "SIZE 1000000")
    certificate: str = ""
    encrypted: bool = False
    fails: tuple[Step, Manner] | None = None
    at: str = ""
    times: int = 1
    most: int = 0
    refusal: str = "550 5.1.1 no such mailbox"
    port: int = 0
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0

    @property
    def taken(self) -> list[str]:
        return [to for to, _mail in self.mails]

    def context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(CERTIFICATES / f"{self.certificate}.pem")
        return context


class _Gone(Exception):
    """This conversation is over."""


class _Talk(socketserver.StreamRequestHandler):
    """One conversation."""

    @property
    def house(self) -> MailServer:
        return cast(_Tcp, self.server).house

    def handle(self) -> None:
        self.house.connections += 1
        self.to, self.letters = "", 0
        with suppress(_Gone, OSError):
            if self.house.encrypted:
                self.encrypt()
            self.answer(Step.GREETING, "220 here")
            while line := self.rfile.readline():
                self.hear(line.decode("utf-8", "replace").strip())

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def hear(self, line: str) -> None:
        self.house.heard.append(line)
        verb = line.split(" ", 1)[0].upper()
        talk = {"EHLO": self.ehlo, "STARTTLS": self.starttls, "AUTH": self.auth, "DATA": self.data, "QUIT": self.quit}
        if verb in talk:
            talk[verb]()
        elif verb == "MAIL" and self.used_up():
            self.say("421 no more on this connection")
            raise _Gone
        elif verb == "MAIL":
            self.answer(Step.MAIL, "250 fine")
        elif verb == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
            self.answer(Step.RCPT, "250 fine")
        else:
            self.say("250 fine")

    def used_up(self) -> bool:
        self.letters += 1
        return 0 < self.house.most < self.letters

    def ehlo(self) -> None:
        offers = [*self.house.offers]
        if self.house.encrypted or isinstance(self.request, ssl.SSLSocket):
            offers = [offer for offer in offers if offer != "STARTTLS"]
        lines = ["here", *offers]
        shown = [f"250{' ' if line is lines[-1] else '-'}{line}" for line in lines]
        self.answer(Step.EHLO, "\r\n".join(shown))

    def starttls(self) -> None:
        if self.answer(Step.STARTTLS, "220 go on"):
            self.encrypt()

    def encrypt(self) -> None:
        self.rfile.close()
        self.request = self.house.context().wrap_socket(self.request, server_side=True)
        self.setup()

    def auth(self) -> None:
        self.answer(Step.AUTH, "235 welcome")

    def data(self) -> None:
        if not self.answer(Step.DATA, "354 go on"):
            return
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if line and self.answer(Step.AFTER, "250 taken"):
            mail = message_from_bytes(b"".join(lines), policy=default)
            self.house.mails.append((self.to, mail))

    def quit(self) -> None:
        self.say("221 bye")
        raise _Gone

    def answer(self, step: Step, usual: str) -> bool:
        """Whether it gave the usual answer, and did not misbehave."""
        manner = self.misbehaves(step)
        if manner is None:
            self.say(usual)
            return True
        if manner is Manner.REFUSES:
            self.say(self.house.refusal)
            return False
        if manner is Manner.NONSENSE:
            self.wfile.write(b"\xff\xfe what?\r\n")
            return False
        if manner is Manner.HANGS_UP:
            self.say("421 no more")
        if manner is Manner.STALLS:
            self.rfile.read()  # until the other side has had enough
        raise _Gone

    def misbehaves(self, step: Step) -> Manner | None:
        house = self.house
        if house.fails is None or house.fails[0] is not step:
            return None
        if house.at and step in (Step.RCPT, Step.DATA, Step.AFTER):
            return house.fails[1] if self.to == house.at else None
        house.times -= 1
        return house.fails[1] if house.times >= 0 else None

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    house: MailServer

    def handle_error(self, _request: object, _client: object) -> None:
        """Whoever hangs up in its middle is what is tried here."""


@contextmanager
def mail_server(house: MailServer) -> Iterator[MailServer]:
    """``house``, on a port of this machine."""
    with _Tcp(("127.0.0.1", 0), _Talk) as tcp:
        tcp.house, house.port = house, tcp.server_address[1]
        serving = threading.Thread(target=tcp.serve_forever, args=(0.01,), daemon=True)
        serving.start()
        try:
            yield house
        finally:
            # A server whose socket is closed while it still serves would keep a processor busy from here on.
            tcp.shutdown()
            serving.join()
