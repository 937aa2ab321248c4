"""Stopping letters with one click: by a button on a page, or by the reader's mail program, signed in or not."""

import io
import json
import re
from datetime import datetime

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.app import office
from pyramid_app.base import logs
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.outbox.carriers import Parcel, Sender, Smtp
from pyramid_app.base.outbox.models import Letter
from pyramid_app.base.outbox.post import Draft
from pyramid_app.base.outbox.rules import Stop
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.outbox.words import Words
from pyramid_app.kit.texts import LONDON
from pyramid_app.participation import service as participation
from pyramid_app.participation.stopping import StopLink, read_stop, write_stop
from tests.support.mailbox import mailbox
from tests.support.worlds import every_row

SECRET = "a secret for tests only"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
HERS = "amina@example.org"


@pytest.fixture
def write(act, amina):
    def one(kind="outcome", key="letter:1", **facts):
        with act() as work:
            values = {"subject": "School buses", "one_line": "School buses", "text": "Hello.\n", "person_id": amina.id}
            work.post(Draft(kind, **{**values, **facts}), key=key)

    return one


@pytest.fixture
def wishes(database, amina):
    def now():
        with database.reading() as session:
            person = session.get_one(Person, amina.id)
            return person.wants_questions, person.wants_answers, person.wants_notices

    return now


@pytest.fixture
def link(write, post):
    """The path at the end of a letter about an answer."""
    write()
    post.deliver()
    return post.link_to(HERS, "stop")


# The link itself -----------------------------------------------------------------------------------------------------


@given(st.uuids(), st.sets(st.sampled_from(list(Stop))))
def test_what_was_written_is_read(person, stops):
    token = write_stop(SECRET, person, stops)
    held = read_stop(SECRET, token)
    assert held == StopLink(person, tuple(stop for stop in Stop if stop in stops))
    assert read_stop("another secret", token) is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "\u00e9", "x" * 5000])
def test_rubbish_stops_nothing(token):
    assert read_stop(SECRET, token) is None


# In a real mail ------------------------------------------------------------------------------------------------------


def test_a_real_mail_carries_the_headers_and_the_same_address_at_its_end(settings, database, write):
    write()
    with mailbox() as box:
        assert send_due(database.writing, office(settings, Smtp(f"smtp://127.0.0.1:{box.port}"))) == 1
        (mail,) = box.to(HERS)
    address = mail["List-Unsubscribe"].removeprefix("<").removesuffix(">")
    assert re.fullmatch(r"http://localhost/stop/[\w.=-]+", address)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.get_content().splitlines()[-2:] == ["Stop these letters with one click:", address]


def test_a_long_address_is_not_broken_or_encoded_on_its_way():
    """Mail programs read the header as it is: a folded or encoded address opens nothing."""
    address = "https://take-part.a-rather-long-name-of-a-council.gov.uk/stop/" + "x" * 80
    sender = Sender("One question for you", "a@example.org", "b@example.org")
    raw = (
        Parcel("<1@x>", "email", HERS, Words("s", "", "t"), sender, datetime(2027, 3, 1, tzinfo=LONDON), address)
        .as_mail()
        .as_bytes()
    )
    assert f"<{address}>\r\n".encode() in raw
    assert b"=?utf-8" not in raw


@pytest.mark.parametrize("kind", ["code", "first answer", "poll changed", "poll withdrawn"])
def test_what_was_asked_for_or_must_be_told_cannot_be_stopped(write, post, kind):
    write(kind)
    post.deliver()
    assert "/stop/" not in post.last_to(HERS).words.text
    assert post.last_to(HERS).stop == ""


# Pressing it ---------------------------------------------------------------------------------------------------------


def test_a_mail_program_stops_them_without_cookie_or_token(app, link, wishes):
    answer = app.test_client(use_cookies=False).post(link, data=ONE_CLICK)
    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert "We have stopped these letters" in answer.text
    assert wishes() == (True, False, True), "only this kind"
    assert app.test_client(use_cookies=False).post(link, data=ONE_CLICK).status_code == 200, "and again"


def test_opening_the_page_stops_nothing(browser, link, wishes):
    for _ in range(3):
        assert browser.get(link).status == 200
        browser.client.head(link)
    assert wishes() == (True, True, True)


def test_the_button_stops_that_kind_only_and_the_page_takes_it_back(browser, link, wishes):
    browser.get(link)
    assert "a•••@example.org" in browser.text, "whose letters, masked: it may have been forwarded"
    assert HERS not in browser.text
    assert "Amina" not in browser.text
    browser.press("Stop these letters")
    assert (browser.status, wishes()) == (200, (True, False, True))
    assert "We have stopped these letters" in browser.text
    assert browser.link("Letters to you") == "/me/letters"
    browser.press("Send them to me again")
    assert wishes() == (True, True, True)
    assert "Stop these letters" in browser.buttons()


def test_taking_it_back_needs_the_page(app, link, wishes):
    app.test_client().post(link, data=ONE_CLICK)
    assert app.test_client().post(f"{link}/undo").status_code == 403
    assert wishes() == (True, False, True)


def test_letters_that_are_written_already_do_not_leave(app, link, write, post):
    app.test_client().post(link, data=ONE_CLICK)
    write(key="letter:2")
    write("first answer", key="letter:3")
    assert post.deliver() == 1, "what she asked for comes all the same"


def test_the_log_says_which_letters_and_never_the_link(app, act, amina, link):
    app.test_client().post(link, data=ONE_CLICK)
    with act() as work:
        entry = work.session.exec(select(AuditEntry).where(AuditEntry.did == "person:letters stopped")).one()
    assert entry.facts == {"letters": "answers"}
    assert entry.subject == f"person:{amina.id}"


def test_who_is_signed_in_here_does_not_matter(browser, act, link, wishes, sam):
    browser.sign_in(sam, staff=True).get(link).press("Stop these letters")
    assert wishes() == (True, False, True)


def test_a_link_that_is_not_ours_and_a_person_who_left_look_the_same(app, act, browser, link, amina):
    cut = browser.get(link[:-3])
    assert (cut.status, "There is nothing to stop" in cut.text) == (404, True)
    words = cut.text
    with act() as work:
        participation.leave(work, amina.id)
    assert browser.get(link).text == words
    assert app.test_client().post(link, data=ONE_CLICK).status_code == 404
    assert app.test_client().post(link[:-3], data=ONE_CLICK).status_code == 404


def test_her_own_page_shows_what_she_stopped(app, browser, amina, link, wishes):
    app.test_client().post(link, data=ONE_CLICK)
    browser.sign_in(amina).get("/me/letters")
    assert "no more than 2 letters a month" in browser.text
    browser.press("Save", answers="y", notices=None)
    assert wishes() == (True, True, False)


# Where it must not be ------------------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch):
    """Everything the product logs, as in production."""
    said = io.StringIO()
    # pytest puts its own stderr back between a fixture and its test.
    monkeypatch.setattr(logs, "_write", lambda line: said.write(f"{line}\n"))
    logs.configure()
    yield said
    structlog.reset_defaults()


def test_no_row_and_no_line_of_the_log_holds_the_link(settings, database, app, told, write, post, link):
    app.testing = False
    browser = app.test_client()
    browser.get(link)
    browser.post(link, data=ONE_CLICK)
    browser.post(f"{link}/undo")
    token = link.removeprefix("/stop/")
    rows = str(every_row(database))
    assert "School buses" in rows
    assert token not in rows
    assert "/stop/…" in [json.loads(line)["path"] for line in told.getvalue().splitlines()]
    assert token not in told.getvalue()


def test_a_stop_counts_for_a_monthly_letter_with_all_its_kinds(act, amina, write, post, run_jobs, clock, app, wishes):
    for number, kind in enumerate(["verdict", "verdict", "verdict", "notice"]):
        write(kind, key=f"letter:{number}")
    assert post.deliver() == 2
    clock.move_to(datetime(2027, 4, 1, 9, tzinfo=LONDON))
    run_jobs("monthly letter")
    assert post.deliver() == 1
    app.test_client().post(post.link_to(HERS, "stop"), data=ONE_CLICK)
    assert wishes() == (True, False, False)


def test_an_old_link_still_works_after_signing_in_anew(act, app, amina, link, wishes):
    with act() as work:
        accounts.end_sessions(work, amina.id)
        accounts.revoke_passes(work, amina.id)
    assert app.test_client().post(link, data=ONE_CLICK).status_code == 200
    assert wishes() == (True, False, True)


def test_a_letter_to_a_bare_address_has_nobody_to_stop_it(act, database, post, sam):
    with act() as work:
        work.post(Draft("invitation", subject="s", text="t", address="new@example.org"), key="x")
    post.deliver()
    assert post.last_to("new@example.org").stop == ""
    with database.reading() as session:
        assert session.exec(select(Letter)).one().sent_at is not None
