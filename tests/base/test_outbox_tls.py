"""Neither a password nor a letter goes to a mail server that has not proved who it is."""

import socket
from datetime import UTC, datetime

import pytest

from pyramid_app.base.config import as_environment
from pyramid_app.base.outbox.answers import Hindered, Hindrance
from pyramid_app.base.outbox.carriers import Parcel, Sender, Smtp, carrier_for
from pyramid_app.base.outbox.words import Words
from tests.support.mail_server import AUTHORITY, MailServer, mail_server

LETTER = Parcel(
    "<1@localhost>",
    "email",
    "amina@example.org",
    Words("Your code", "", "Your code: 059475\n"),
    Sender("One question for you", "pyramid@example.org", "send-team@example.org"),
    datetime(2027, 3, 1, 10, tzinfo=UTC),
)
TLS = ("STARTTLS", "AUTH PLAIN")
PLAIN = ("AUTH PLAIN",)


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    """Names under example.org lead to this machine, as an attacker's name server would have them."""
    asked = socket.getaddrinfo

    def lead_here(host, *more, **facts):
        return asked("127.0.0.1" if str(host).endswith("example.org") else host, *more, **facts)

    monkeypatch.setattr(socket, "getaddrinfo", lead_here)


def send(house, scheme, host, ca=None):
    with mail_server(house) as server, Smtp(f"{scheme}://us:w%2Fo%40rd@{host}:{server.port}", ca).open() as carry:
        carry(LETTER)


@pytest.mark.parametrize(
    ("house", "scheme", "host", "ca"),
    [
        (MailServer(PLAIN, "other", encrypted=True), "smtps", "mail.example.org", None),
        (MailServer(TLS, "other"), "smtp", "mail.example.org", None),
        (MailServer(TLS, "other"), "smtp", "mail.example.org", AUTHORITY),
        (MailServer(TLS, "other"), "smtp", "127.0.0.1", None),
        (MailServer(TLS, "ours"), "smtp", "mail.example.org", None),
        (MailServer(TLS, "ours"), "smtp", "relay.example.org", AUTHORITY),
        (MailServer(PLAIN, "ours", encrypted=True), "smtps", "relay.example.org", AUTHORITY),
        (MailServer(PLAIN), "smtp", "mail.example.org", None),
    ],
    ids=[
        "signed by itself, for another name",
        "the same after STARTTLS",
        "the same, and an authority of our own",
        "the same on this machine",
        "an authority nobody knows",
        "the right authority, another name",
        "the same, encrypted from the first byte",
        "STARTTLS taken out on the way",
    ],
)
def test_no_letter_and_no_password_leaves(house, scheme, host, ca):
    with pytest.raises(Hindered) as met:
        send(house, scheme, host, ca)
    assert met.value.kind is Hindrance.UNSAFE
    assert not house.mails
    assert not [line for line in house.heard if line.startswith(("AUTH", "MAIL"))]


@pytest.mark.parametrize(
    ("house", "scheme", "host", "ca"),
    [
        (MailServer(TLS, "ours"), "smtp", "mail.example.org", AUTHORITY),
        (MailServer(PLAIN, "ours", encrypted=True), "smtps", "mail.example.org", AUTHORITY),
        (MailServer(PLAIN), "smtp", "127.0.0.1", None),
        (MailServer(PLAIN), "smtp", "localhost", None),
        (MailServer(PLAIN), "smtp+clear", "mail.example.org", None),
        (MailServer(TLS, "other"), "smtp+clear", "mail.example.org", None),
    ],
    ids=["STARTTLS", "smtps", "this machine", "this machine by name", "asked for", "asked for, though it could"],
)
def test_it_leaves_where_the_server_is_proved_or_nobody_stands_between(house, scheme, host, ca):
    send(house, scheme, host, ca)
    assert house.taken == ["amina@example.org"]


@pytest.mark.parametrize(
    "mail", ["smtp://us:pa/ss@mail.example.org:25", "smtp://us:w:o@h:x", "http://mail.example.org", "files:", ""]
)
def test_an_address_that_cannot_be_read_is_one_sentence_without_the_password(mail):
    with pytest.raises(ValueError, match="PYRAMID_MAIL") as wrong:
        carrier_for(mail)
    assert "pa/ss" not in str(wrong.value)


def test_an_authority_that_is_not_there_is_said_at_once(tmp_path):
    with pytest.raises(ValueError, match="PYRAMID_MAIL_CA"):
        carrier_for("smtp://mail.example.org", tmp_path / "none.pem")


def test_a_password_in_other_letters_is_no_traceback_with_the_password():
    with mail_server(MailServer(PLAIN)) as server:
        way = Smtp(f"smtp://us:geheimß@127.0.0.1:{server.port}")
        with pytest.raises(Hindered) as met, way.open():
            pass
    assert met.value.kind is Hindrance.REFUSED
    assert "geheim" not in repr(met.value)


def test_another_process_reads_the_same_authority(settings):
    assert "PYRAMID_MAIL_CA" not in as_environment(settings)
    ours = settings.model_copy(update={"mail_ca": AUTHORITY})
    assert as_environment(ours)["PYRAMID_MAIL_CA"] == str(AUTHORITY)


def test_a_mail_has_its_date_and_only_signs_that_every_server_takes():
    house = MailServer(("SIZE 1000000",))
    with mail_server(house) as server, Smtp(f"smtp://127.0.0.1:{server.port}").open() as carry:
        carry(Parcel(**{**vars(LETTER), "words": Words("Café", "", "Größe: .\n.\n..\n")}))
    ((_to, mail),) = house.mails
    assert mail["Date"].datetime == LETTER.at
    assert mail["Date"] == "Mon, 01 Mar 2027 10:00:00 +0000"
    assert mail["Subject"] == "Café"
    assert mail.get_content() == "Größe: .\n.\n..\n"
    assert mail.as_bytes().isascii()
