"""Letters: written once, sent at least once under one Message-ID, none lost while the mail server is away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from sqlmodel import select

from pyramid_app.app import office
from pyramid_app.base.outbox.carriers import Parcel, Sender, Smtp
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft, post, take_back
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.outbox.trouble import LONGEST_REST
from pyramid_app.base.outbox.waiting import CLAIM
from pyramid_app.base.outbox.words import Words
from tests.support.ports import free_port

AT = datetime(2027, 3, 1, 10, 0, 7, tzinfo=UTC)


class Mailbox(Message):
    """A real mail server's memory; ``refuse`` is what it answers instead of taking a letter."""

    def __init__(self) -> None:
        super().__init__()
        self.mails = []
        self.refuse = ""

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            return self.refuse
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message):
        self.mails.append(message)


@pytest.fixture
def server() -> Iterator[Controller]:
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    if not controller.loop.is_closed():
        controller.stop()


@pytest.fixture
def smtp(server, settings):
    return office(settings, Smtp(f"smtp://127.0.0.1:{server.port}"))


def write(act, key="letter:1", **facts):
    with act() as work:
        values = {"kind": "outcome", "subject": "School buses", "text": "Hello.\n", "address": "amina@example.org"}
        return work.post(Draft(**{**values, **facts}), key=key)


def rows(database):
    with database.reading() as session:
        return session.exec(select(Letter)).all()


def test_a_letter_arrives_by_real_smtp_with_a_reply_address(act, database, server, smtp):
    write(act)
    assert send_due(database.writing, smtp) == 1
    (mail,) = server.handler.mails
    assert mail["To"] == "amina@example.org"
    assert mail["Subject"] == "School buses"
    assert mail["Reply-To"], "a parent can press reply"
    assert mail["Message-ID"] == rows(database)[0].message_id
    assert send_due(database.writing, smtp) == 0, "it is sent once"


def test_the_same_key_is_written_once(act, database):
    assert write(act)
    assert not write(act)
    assert len(rows(database)) == 1


def test_a_mail_server_that_is_down_for_an_hour_loses_nothing(act, database, server, smtp, clock):
    write(act)
    server.stop()
    for _ in range(60):
        assert send_due(database.writing, smtp) == 0
        clock.shift(timedelta(minutes=1))
    (waiting,) = rows(database)
    assert waiting.sent_at is None
    assert waiting.refused_at is None
    back = Controller(server.handler, hostname="127.0.0.1", port=server.port)
    back.start()
    clock.shift(LONGEST_REST)
    assert send_due(database.writing, smtp) == 1
    back.stop()
    assert [mail["Message-ID"] for mail in server.handler.mails] == [rows(database)[0].message_id]


def test_a_server_that_asks_to_come_back_is_asked_again(act, database, server, smtp, clock):
    write(act)
    server.handler.refuse = "451 come back later"
    assert send_due(database.writing, smtp) == 0
    server.handler.refuse = ""
    assert send_due(database.writing, smtp) == 0, "not in the same minute"
    clock.shift(timedelta(minutes=1))
    assert send_due(database.writing, smtp) == 1


def test_an_address_that_is_refused_for_good_is_put_aside_and_others_still_leave(act, database, server, smtp):
    write(act)
    server.handler.refuse = "550 no such person"
    assert send_due(database.writing, smtp) == 0
    server.handler.refuse = ""
    write(act, key="letter:2", address="ben@example.org")
    assert send_due(database.writing, smtp) == 1
    refused = [letter for letter in rows(database) if letter.refused_at]
    assert [letter.refused for letter in refused] == ["mail server answered 550"]


def test_killed_after_the_yes_it_is_sent_again_under_the_same_message_id(
    act, database, server, smtp, clock, monkeypatch
):
    write(act)

    class Killed(BaseException):
        """The process is gone: nothing catches it."""

    def die(*_args):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("pyramid_app.base.outbox.sender.note_sent", die)
        send_due(database.writing, smtp)
    assert send_due(database.writing, smtp) == 0, "somebody may have it in hand"
    clock.shift(CLAIM)
    assert send_due(database.writing, smtp) == 1
    assert len({mail["Message-ID"] for mail in server.handler.mails}) == 1


def test_a_letter_past_its_time_is_dropped(act, database, smtp, server, clock):
    with act() as work:
        late = work.now + timedelta(minutes=10)
    write(act, expires_at=late)
    clock.shift(timedelta(minutes=10))
    assert send_due(database.writing, smtp) == 0
    assert server.handler.mails == []
    assert rows(database)[0].refused == "too late to be of use"


def test_urgent_letters_leave_first(act, database, post):
    write(act, key="letter:1", subject="can wait")
    write(act, key="letter:2", subject="a code", urgent=True)
    post.deliver()
    assert [parcel.words.subject for parcel in post.letters] == ["a code", "can wait"]


def test_it_can_be_taken_back_until_it_leaves(act, database, post):
    write(act)
    with act() as work:
        assert take_back(work.session, "letter:1")
    assert post.deliver() == 0
    write(act)
    post.deliver()
    with act() as work:
        assert not take_back(work.session, "letter:1")


def test_an_act_that_fails_leaves_no_letter(act, database):
    with pytest.raises(RuntimeError), act() as work:
        post(work.session, work.now, Draft(kind="outcome", address="amina@example.org"), "letter:1")
        raise RuntimeError
    assert rows(database) == []


@pytest.mark.parametrize("nasty", ["a@example.org\nBcc: all@example.org", "a@example.org\r\nX: y"])
def test_a_line_break_never_reaches_a_header(nasty):
    sender = Sender("n", "a@example.org", "b@example.org")
    parcel = Parcel("<1@x>", "email", nasty, Words("s", "", "t"), sender, AT)
    with pytest.raises(ValueError, match=r"[Ll]ine|newline|linefeed"):
        parcel.as_mail()
