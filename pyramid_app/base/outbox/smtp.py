"""A real mail server: verified encryption, or none where that is safe or was asked for; many letters a connection."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pyramid_app.base.dsn import is_loopback
from pyramid_app.base.outbox.answers import (
    Hindered,
    Hindrance,
    NotSent,
    RefusedForGood,
    SmtpStep,
    TryLater,
    judge,
    without_addresses,
)
from pyramid_app.base.outbox.parcels import SMTP, Carry, Parcel

SCHEMES = ("smtp", "smtps", "smtp+clear")
SECONDS = 20.0
"""How long each answer of the server is waited for."""


class Smtp:
    """``smtp://user:password@host:port`` (STARTTLS), ``smtps://…`` (encrypted from the first byte), ``smtp+clear://…``.

    The certificate must be the host's, signed by an authority that this machine trusts or by one in the PEM file
    ``ca``. Without encryption neither password nor letter leaves, unless the host is this very machine or the address
    says ``smtp+clear``. Raises ``ValueError`` with one sentence, which never holds the password.
    """

    channels = frozenset({"email"})

    def __init__(self, url: str, ca: Path | None = None, *, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        try:
            self.host, self.port = parts.hostname or "localhost", parts.port
        except ValueError:
            raise ValueError(
                "PYRAMID_MAIL can't be read: in the name and the password write / as %2F, @ as %40, : as %3A."
            ) from None
        if ca is not None and not ca.is_file():
            raise ValueError("PYRAMID_MAIL_CA must name a PEM file.")
        self.scheme, self.ca, self.seconds = parts.scheme, ca, seconds
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")

    @contextmanager
    def open(self) -> Iterator[Carry]:
        try:
            server = self._connect()
        except ssl.SSLError as wrong:
            raise Hindered(Hindrance.UNSAFE, _about(wrong)) from wrong
        except (OSError, smtplib.SMTPException, ValueError) as away:
            raise Hindered(Hindrance.AWAY, _about(away)) from away
        try:
            yield lambda parcel: _hand_over(server, parcel)
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port or 465, timeout=self.seconds, context=self._context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port or 25, timeout=self.seconds)
        try:
            server.ehlo_or_helo_if_needed()
            if self.scheme == "smtp":
                self._encrypt(server)
            if self.user:
                self._sign_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _encrypt(self, server: smtplib.SMTP) -> None:
        if server.has_extn("starttls"):
            try:
                server.starttls(context=self._context())
            except smtplib.SMTPResponseException as refused:
                raise Hindered(Hindrance.UNSAFE, _about(refused)) from refused
            server.ehlo_or_helo_if_needed()
        elif not is_loopback(self.host):
            raise Hindered(Hindrance.UNSAFE, "the server offers no STARTTLS")

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.ca is not None:
            context.load_verify_locations(self.ca)
        return context

    def _sign_in(self, server: smtplib.SMTP) -> None:
        try:
            server.login(self.user, self.password)
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPResponseException as refused:
            for_now = refused.smtp_code < 500
            raise Hindered(Hindrance.AWAY if for_now else Hindrance.REFUSED, _about(refused)) from refused
        except smtplib.SMTPException as refused:
            raise Hindered(Hindrance.REFUSED, "the server offers no sign-in that we know") from refused
        except UnicodeError:
            # Its text would be the password.
            raise Hindered(Hindrance.REFUSED, "the name or the password has letters beyond ASCII") from None


def _about(wrong: Exception) -> str:
    """What went wrong on the way, in a few words that hold no address."""
    if isinstance(wrong, smtplib.SMTPResponseException):
        return f"{wrong.smtp_code} {without_addresses(_text(wrong.smtp_error))}"
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return f"certificate: {without_addresses(wrong.verify_message)}"
    return type(wrong).__name__


def _text(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _hand_over(server: smtplib.SMTP, parcel: Parcel) -> None:
    """The four steps of a letter (RFC 5321, 3.3). After a refusal the server is asked to forget what it has of it."""
    try:
        raw, options = _as_bytes(server, parcel)
    except (ValueError, LookupError, TypeError) as wrong:
        # It is no mail, and the server has not heard of it.
        raise TryLater(type(wrong).__name__, untouched=True) from wrong
    step = SmtpStep.MAIL
    try:
        _expect(step, server.mail(parcel.sender.address, options), parcel)
        step = SmtpStep.RCPT
        _expect(step, server.rcpt(parcel.address), parcel)
        step = SmtpStep.DATA
        _expect(step, _data(server, raw), parcel)
    except (OSError, smtplib.SMTPException) as gone:
        untouched = step is not SmtpStep.DATA
        raise TryLater(f"{type(gone).__name__} at {step}", broken=True, untouched=untouched) from gone
    except NotSent as refused:
        refused.broken = refused.broken or not _forgets(server)
        raise


def _data(server: smtplib.SMTP, raw: bytes) -> tuple[int, bytes | str]:
    try:
        return server.data(raw)
    except smtplib.SMTPDataError as refused:
        return refused.smtp_code, refused.smtp_error


def _expect(step: SmtpStep, answer: tuple[int, bytes | str], parcel: Parcel) -> None:
    code, said = answer
    if not 200 <= code < 300:
        raise judge(step, code, _text(said), parcel.address)


def _forgets(server: smtplib.SMTP) -> bool:
    try:
        return server.rset()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _as_bytes(server: smtplib.SMTP, parcel: Parcel) -> tuple[bytes, list[str]]:
    """The mail as this server can take it, and what ``MAIL FROM`` has to say about it."""
    if not parcel.sender.address.isascii():
        raise Hindered(Hindrance.REFUSED, "the sender's address has letters beyond ASCII")
    mail, options, policy = parcel.as_mail(), list[str](), SMTP
    if not parcel.address.isascii():
        if not server.has_extn("smtputf8"):
            raise RefusedForGood("the mail server takes no such letters in an address")
        policy, options = policy.clone(utf8=True), ["SMTPUTF8"]
    if not server.has_extn("8bitmime"):
        policy = policy.clone(cte_type="7bit")
    raw = mail.as_bytes(policy=policy)
    if not raw.isascii():
        options.append("BODY=8BITMIME")
    if server.does_esmtp and server.has_extn("size"):
        options.append(f"SIZE={len(raw)}")
    return raw, options
