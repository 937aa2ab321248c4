"""A letter can only hold up itself; what would stop any letter costs none of them anything, and is told."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select, update

from pyramid_app.app import office
from pyramid_app.base.actor import system
from pyramid_app.base.outbox.answers import Hindered, RefusedForGood, SmtpStep, TryLater, judge, without_addresses
from pyramid_app.base.outbox.carriers import Smtp
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.outbox.trouble import LONGEST_REST, Hindrance, mail_trouble, oldest_due_at
from pyramid_app.base.outbox.waiting import CLAIM, claim, list_due, lock
from pyramid_app.base.work import working
from tests.builders import the_town
from tests.support.mail_server import AUTHORITY, MailServer, Manner, Step, mail_server

BAD = "zoe@example.org"
OTHERS = [f"family{number}@example.org" for number in range(20)]
SECONDS = 0.3
"""A server that stalls is left after that."""


@pytest.fixture
def write(act):
    numbers = count()

    def some(*addresses, **facts):
        values = {"kind": "outcome", "subject": "School buses", "text": "Hello.\n", **facts}
        with act() as work:
            for address in addresses or [BAD]:
                work.post(Draft(**values, address=address), key=f"letter:{next(numbers)}")

    return some


@pytest.fixture
def bad_one_first(write):
    """A letter that is urgent and older than twenty others."""

    def written(address=BAD, **facts):
        write(address, urgent=True, **facts)
        write(*OTHERS)

    return written


@pytest.fixture
def run(database, settings):
    """One run of the sender against that server."""

    def once(server, *, scheme="smtp", who="", host="127.0.0.1", ca=None, **run_facts):
        way = Smtp(f"{scheme}://{who}{host}:{server.port}", ca, seconds=SECONDS)
        return send_due(database.writing, office(settings, way), **run_facts)

    return once


def rows(database, address=None):
    with database.reading() as session:
        found = select(Letter).order_by(col(Letter.posted_at), col(Letter.id))
        return session.exec(found if address is None else found.where(Letter.address == address)).all()


def troubles(database):
    with database.reading() as session:
        return [(one.kind, one.said) for one in mail_trouble(session)]


# One letter's own misfortune -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.DATA, Step.AFTER])
def test_twenty_others_leave_whatever_the_server_does_to_one(step, database, run, bad_one_first, clock):
    for manner in Manner:
        clock.shift(timedelta(days=1))
        bad_one_first()
        with mail_server(MailServer(fails=(step, manner), at=BAD)) as server:
            assert run(server) == 20, f"{manner} at {step}"
            assert sorted(server.taken) == sorted(OTHERS)
            bad = rows(database, BAD)[-1]
            assert not bad.sent_at
            assert bad.claimed_until is None
            # A refusal of the receiver is for good; one at the sender's name is about us.
            gone = manner is Manner.REFUSES and step is not Step.MAIL
            assert (bad.refused == "mail server answered 550") is gone
            server.fails = None
            assert run(server) == 0, "it is not asked again at once"
            clock.shift(LONGEST_REST)
            assert run(server) == (not gone)
            assert server.taken[20:] == [BAD] * (not gone)
        assert troubles(database) == []


def test_a_server_that_knows_no_foreign_letters_in_addresses(database, run, bad_one_first):
    """As one that stood in the table before addresses were read more strictly."""
    bad_one_first("josé@example.org")
    with mail_server(MailServer()) as server:
        assert run(server) == 20
        assert server.connections == 1, "nothing was wrong with the connection"
    assert rows(database, "josé@example.org")[0].refused == "the mail server takes no such letters in an address"


@pytest.mark.parametrize("address", ["amina@example.org\nBcc: all@example.org", "a b@c@d", "@"])
def test_what_is_no_address_at_all(address, database, run, bad_one_first, act):
    bad_one_first()
    with act() as work:
        work.session.exec(update(Letter).where(col(Letter.address) == BAD).values(address=address))
    with mail_server(MailServer()) as server:
        run(server)
        assert set(OTHERS) <= set(server.taken)
        assert not any("all@" in line for line in server.heard)


def test_a_maker_that_raises_stops_its_letter_and_is_logged_once_without_its_words(
    act, database, settings, write, clock, post
):
    def makes(*_):
        raise KeyError("Amina's words")

    write(maker="sign in", urgent=True)
    write(OTHERS[0])
    post.office.makers["sign in"] = makes
    with structlog.testing.capture_logs() as logged:
        assert post.deliver() == 1
        for _ in range(3):
            clock.shift(timedelta(minutes=40))
            assert post.deliver() == 0
    put_off = [line for line in logged if line["event"] == "letter put off"]
    assert len(put_off) == 1
    assert put_off[0]["why"].startswith("KeyError at test_outbox_troubles.py:")
    assert "Amina" not in str(logged)
    post.office.makers["sign in"] = lambda *_: None
    clock.shift(timedelta(minutes=40))
    post.deliver()
    assert rows(database, BAD)[0].refused == "no longer needed"


def test_an_address_that_cannot_be_looked_up_stops_its_letter(act, database, write, post):
    with act() as work:
        sam = the_town(work)
    write(None, person_id=sam.id, urgent=True)
    write(OTHERS[0])

    def fails(*_):
        raise RuntimeError("sam@council.example.org")

    post.office = replace(post.office, find_address=fails)
    assert post.deliver() == 1
    (waits,) = [letter for letter in rows(database) if letter.person_id == sam.id]
    assert waits.put_off.startswith("RuntimeError at ")
    assert (waits.tries, waits.claimed_until, waits.refused_at) == (0, None, None)


def test_who_was_put_off_steps_behind_those_nobody_has_tried(run, write, clock):
    with mail_server(MailServer(fails=(Step.RCPT, Manner.REFUSES), at=BAD, refusal="451 later")) as server:
        write(urgent=True)
        assert run(server) == 0
        clock.shift(timedelta(minutes=1))
        write("new@example.org")
        write("newer@example.org", urgent=True)
        server.fails = None
        assert run(server) == 3
        assert server.taken == ["newer@example.org", "new@example.org", BAD]


def test_what_was_put_off_is_not_kept_back_by_a_big_mailing(database, run, write, clock):
    """A greylisted code leaves with the next hundred, not after seventy thousand."""
    with mail_server(MailServer(fails=(Step.RCPT, Manner.REFUSES), at=BAD, refusal="451 later")) as server:
        write(urgent=True)
        assert run(server) == 0
        clock.shift(timedelta(minutes=1))
        write(*(f"family{number}@example.org" for number in range(150)))
        server.fails = None
        assert run(server) == 151
        assert server.taken.index(BAD) == 100


def test_a_connection_that_is_used_up_is_no_letters_fault(database, run, bad_one_first):
    bad_one_first()
    with mail_server(MailServer(most=5)) as server:
        assert run(server) == 21
        assert server.connections == 5
    assert {letter.put_off for letter in rows(database)} == {None}


def test_a_letter_whose_words_are_forgotten_on_the_way_stops_nothing(act, database, post, write):
    write()
    write(OTHERS[0])

    def forget(parcel):
        with act() as work:
            for letter in work.session.exec(select(Letter).where(Letter.address == parcel.address)):
                work.session.delete(letter)

    post.bag.parcels = type("Forgetting", (), {"append": staticmethod(forget)})()
    assert post.deliver() == 2


# What would stop any letter ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [Step.GREETING, Step.STARTTLS, Step.AUTH])
def test_no_letter_pays_for_a_server_that_cannot_be_reached(step, database, run, bad_one_first, clock):
    facts = {"scheme": "smtp", "who": "us:word@", "ca": AUTHORITY}
    for manner in Manner:
        clock.shift(timedelta(days=1))
        bad_one_first()
        offers = ("STARTTLS", "AUTH PLAIN", "8BITMIME")
        house = MailServer(offers, "ours", fails=(step, manner), times=100, refusal="454 not now")
        with mail_server(house) as server, structlog.testing.capture_logs() as logged:
            assert run(server, **facts) == 0
            assert {(letter.tries, letter.put_off) for letter in rows(database) if not letter.sent_at} == {(0, None)}
            found = server.connections
            assert [one["event"] for one in logged] == ["mail does not leave"], f"{manner} at {step}"
            assert run(server, **facts) == 0
            assert server.connections == found, "it is left alone for a while"
            clock.shift(LONGEST_REST)
            assert run(server, **facts) == 0
            server.fails = None
            clock.shift(LONGEST_REST)
            assert run(server, **facts) == 21
            assert [one["event"] for one in logged] == ["mail does not leave", "mail leaves again"]
        assert troubles(database) == []


@pytest.mark.parametrize("manner", Manner)
def test_a_server_that_stumbles_over_ehlo(manner, database, run, bad_one_first, clock):
    bad_one_first()
    with mail_server(MailServer(fails=(Step.EHLO, manner))) as server:
        run(server)
        clock.shift(LONGEST_REST)
        run(server)
        assert len(server.taken) == 21
    assert troubles(database) == []


def test_the_server_is_asked_ever_less_often_until_it_is_back(database, run, write, clock):
    write()
    with mail_server(MailServer(fails=(Step.GREETING, Manner.CLOSES), times=10_000)) as server:
        for _ in range(120):
            run(server)
            clock.shift(timedelta(seconds=10))
        assert server.connections == 14, "after 5, 10, 20, 40 and 80 seconds, then every two minutes"
        (trouble,) = troubles(database)
        assert trouble[0] is Hindrance.AWAY
        with database.reading() as session:
            (since,) = {one.since_at for one in mail_trouble(session)}
            assert oldest_due_at(session, datetime.now(UTC)) == since, "a monitor can tell"


SAYS = {
    "our sender": (Step.MAIL, "550 5.7.1 <pyramid@example.org> Sender not authorised"),
    "our sender, said late": (Step.RCPT, "553 5.7.1 <pyramid@example.org>: Sender address rejected: not owned by us"),
    "no relaying": (Step.RCPT, "554 5.7.1 <zoe@example.org>: Relay access denied"),
    "our machine": (Step.AFTER, "554 5.7.1 Service unavailable; client host blocked"),
    "no sign-in": (Step.MAIL, "530 5.7.0 Authentication required"),
}


@pytest.mark.parametrize(("step", "says"), SAYS.values(), ids=SAYS)
def test_a_refusal_of_us_burns_no_letter_and_the_leads_are_told(step, says, act, database, run, bad_one_first, clock):
    with act() as work:
        sam = the_town(work, lead=True)
    bad_one_first()
    with mail_server(MailServer(fails=(step, Manner.REFUSES), times=1000, refusal=says)) as server:
        for _ in range(5):
            assert run(server) == 0
            clock.shift(LONGEST_REST)
        ((kind, said),) = troubles(database)
        assert kind is Hindrance.REFUSED
        assert said.startswith(says[:9])
        assert "@" not in said
        assert not [letter for letter in rows(database) if letter.refused_at]
        (rung,) = [letter for letter in rows(database) if letter.kind == "staff"]
        assert rung.person_id == sam.id
        server.fails = None
        for _ in range(2):
            run(server)
            clock.shift(LONGEST_REST)
        assert len(server.mails) == 22
        (told,) = [mail for _to, mail in server.mails if mail["Subject"] == "Letters from here did not leave"]
        assert "the mail server began to refuse letters from us" in told.get_content()
    assert troubles(database) == []


def test_a_sign_in_that_is_refused_stops_all_and_touches_none(database, run, bad_one_first):
    bad_one_first()
    offers = ("STARTTLS", "AUTH PLAIN")
    house = MailServer(offers, "ours", fails=(Step.AUTH, Manner.REFUSES), refusal="535 5.7.8 wrong for us@example.org")
    with mail_server(house) as server:
        assert run(server, who="us:word@", ca=AUTHORITY) == 0
        assert not any(line.startswith("MAIL") for line in server.heard)
    assert troubles(database) == [(Hindrance.REFUSED, "535 5.7.8 wrong for …")]


def test_one_who_refuses_relaying_for_families_still_takes_what_is_for_the_staff(run, write, database, clock):
    """The commonest slip of a first day. The staff's letters say nothing about the families'."""
    write(BAD, "lea@council.example")
    with mail_server(MailServer(fails=(Step.RCPT, Manner.REFUSES), at=BAD, refusal="550 5.7.1 no relaying")) as server:
        assert run(server) == 1
        assert troubles(database) == [(Hindrance.REFUSED, "550 5.7.1 no relaying")]
        write("lea@council.example")
        assert run(server) == 1
        assert troubles(database), "it still goes on"


# What an answer means ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "code", "said", "means"),
    [
        (SmtpStep.RCPT, 550, "5.1.1 no such mailbox", RefusedForGood),
        (SmtpStep.RCPT, 550, "<sender.relay@example.org> is unknown here", RefusedForGood),
        (SmtpStep.RCPT, 552, "5.2.2 mailbox full", RefusedForGood),
        (SmtpStep.RCPT, 550, "5.1.8 bad sender's system address", Hindered),
        (SmtpStep.RCPT, 451, "4.7.1 greylisted", TryLater),
        (SmtpStep.RCPT, 550, "sorry, that domain isn't in my list of allowed rcpthosts", Hindered),
        (SmtpStep.MAIL, 451, "try later", Hindered),
        (SmtpStep.MAIL, 550, "5.7.60 client was not allowed to send as this sender", Hindered),
        (SmtpStep.DATA, 554, "5.7.1 looks like spam", RefusedForGood),
        (SmtpStep.DATA, 550, "5.7.26 fails SPF and DKIM", Hindered),
        (SmtpStep.DATA, 452, "4.3.1 disk full", TryLater),
    ],
)
def test_what_a_servers_answer_means(step, code, said, means):
    assert type(judge(step, code, said, "sender.relay@example.org")) is means


@given(st.sampled_from(SmtpStep), st.integers(-1, 999), st.text(max_size=80))
def test_whatever_a_server_says_it_is_one_short_line(step, code, said):
    met = judge(step, code, f"{said} <zoe@example.org> zoe", "zoe@example.org")
    assert "@example" not in met.why
    assert len(met.why) <= 170
    assert met.why.isprintable()


@given(st.emails())
def test_no_address_is_kept(address):
    assert "@" not in without_addresses(f"550 no {address} here, nor <{address}>", address)


# Who has a letter in hand --------------------------------------------------------------------------------------------


def test_two_senders_never_have_one_letter(real_database, clock):
    """The second one meets the row while the first one has it in hand, and after that its claim."""
    with working(real_database, system("tests")) as work:
        work.post(Draft("outcome", address=BAD), key="letter:1")
    now = datetime.now(UTC)
    with real_database.reading() as session:
        (letter_id,) = list_due(session, now)
    with real_database.writing() as first:
        letter = lock(first, now, letter_id)
        claim(letter, now)
        if not real_database.url.startswith("sqlite"):  # there the second one waits for its turn
            with real_database.writing() as second:
                assert lock(second, now, letter_id) is None
    with real_database.writing() as second:
        assert lock(second, now, letter_id) is None
        assert list_due(second, now) == []
        assert lock(second, now + CLAIM, letter_id), "the claim of one that was killed runs out"


def test_what_the_server_has_is_not_sent_again_because_the_database_was_away(database, run, write, clock):
    """It went away between the server's yes and the writing down of it; the sender was not killed."""
    write(OTHERS[0])

    @contextmanager
    def goes_away():
        with whole() as session:
            yield session
            if server.mails:
                raise OperationalError("", None, Exception())

    whole = database.writing
    with mail_server(MailServer()) as server:
        database.writing = goes_away
        with pytest.raises(OperationalError):
            run(server)
        database.writing = whole
        clock.shift(CLAIM)
        assert run(server) == 0
        assert server.taken == OTHERS[:1]
    assert rows(database)[0].sent_at
