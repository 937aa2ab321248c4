"""Signing in without a password: a code or a link, five tries, ten minutes, the same answer for everybody."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service
from pyramid_app.accounts.codes.models import OneTimeCode
from pyramid_app.base.actor import Role
from pyramid_app.base.outbox.models import Letter
from tests.builders import a_member, an_officer, the_area

ADDRESS = "amina@example.org"


@pytest.fixture
def amina(act):
    with act() as work:
        the_area(work)
        return a_member(work, ADDRESS)


def ask(browser, address=ADDRESS):
    return browser.get("/sign-in").press("Send me a code", address=address)


def test_a_code_signs_in(browser, post, amina):
    ask(browser)
    post.deliver()
    browser.press("Go on", code=post.code_to(ADDRESS))
    assert browser.path == "/"
    assert "Sign out" in browser.buttons()


def test_a_code_may_be_typed_with_spaces(browser, post, amina):
    ask(browser)
    post.deliver()
    code = post.code_to(ADDRESS)
    browser.press("Go on", code=f" {code[:3]} {code[3:]} ")
    assert "Sign out" in browser.buttons()


def test_a_link_shows_a_button_and_only_the_button_signs_in(browser, new_browser, post, amina):
    ask(browser)
    post.deliver()
    link = post.link_to(ADDRESS, "link")
    scanner = new_browser()
    for _ in range(50):
        scanner.get(link)
    assert scanner.get("/me").path == "/sign-in"
    phone = new_browser().get(link).press("Yes, that is me. Sign me in")
    assert phone.get("/me").status == 200
    assert phone.path == "/me"


def test_a_link_works_once(new_browser, browser, post, amina):
    ask(browser)
    post.deliver()
    link = post.link_to(ADDRESS, "link")
    late, other = new_browser().get(link), new_browser().get(link)
    other.press("Yes, that is me. Sign me in")
    late.press("Yes, that is me. Sign me in")
    assert (late.status, "used" in late.text) == (409, True)
    again = new_browser().get(link)
    assert (again.status, "used" in again.text) == (404, True)


def test_a_link_says_whom_it_signs_in_and_asks_another_browser_whether_it_is_hers(browser, new_browser, post, amina):
    ask(browser)
    post.deliver()
    link = post.link_to(ADDRESS, "link")
    stranger = new_browser().get(link)
    assert "This link signs in a•••@example.org." in stranger.text
    assert "Did somebody else give you this link? Then don’t press it." in stranger.text
    assert "sign in as a•••@example.org on this device" in browser.get(link).text
    assert "somebody else" not in browser.text
    assert "Sign out" in browser.press("Sign me in").buttons()


def test_a_code_is_too_old_after_ten_minutes(browser, post, amina, clock):
    ask(browser)
    post.deliver()
    clock.shift(timedelta(minutes=10))
    browser.press("Go on", code=post.code_to(ADDRESS))
    assert browser.status == 422
    assert "too old" in browser.text


def test_a_letter_with_a_code_that_waited_ten_minutes_is_never_sent(browser, post, amina, clock):
    ask(browser)
    clock.shift(timedelta(minutes=10))
    post.deliver()
    assert post.letters == []


def test_no_row_holds_a_code_a_link_or_a_token(browser, post, amina, database):
    ask(browser)
    with database.reading() as session:
        letter = session.exec(select(Letter)).one()
    assert (letter.text, letter.subject, letter.link) == ("", "", "")
    post.deliver()
    code, token = post.code_to(ADDRESS), post.link_to(ADDRESS, "link").rpartition("/")[2]
    with database.reading() as session:
        kept = f"{session.exec(select(Letter)).one()!r} {session.exec(select(OneTimeCode)).one()!r}"
    assert code not in kept
    assert token not in kept


@pytest.mark.parametrize(
    "address",
    ["", "amina", "amina@example.org\nBcc: x@example.org", "a b@example.org", "@", "x" * 300 + "@example.org"],
)
def test_an_address_that_is_none_is_said_so_and_stays_in_the_box(browser, amina, address):
    ask(browser, address)
    assert browser.status == 422
    assert "address" in browser.text


def test_an_ended_session_is_dead_on_the_next_request(browser, act, amina):
    browser.sign_in(amina)
    assert browser.get("/me").path == "/me"
    with act() as work:
        service.end_sessions(work, amina.id)
    assert browser.get("/me").path == "/sign-in"


def test_signing_in_gives_a_new_cookie(browser, post, amina):
    browser.get("/sign-in")
    with browser.client.session_transaction() as cookie:
        cookie["planted"] = "x"
    ask(browser)
    post.deliver()
    browser.press("Go on", code=post.code_to(ADDRESS))
    with browser.client.session_transaction() as cookie:
        assert "planted" not in cookie


def test_roles_act_at_once_and_the_family_hat_sees_no_desk(browser, act, amina):
    browser.sign_in(amina)
    assert browser.get("/desk").status == 404
    with act() as work:
        service.give_role(work, amina.id, Role.OFFICER)
    assert browser.get("/desk").status == 404, "the family hat is on"
    browser.hat("staff")
    assert browser.get("/desk").status == 200
    with act() as work:
        service.end_role(work, amina.id, Role.OFFICER)
    assert browser.get("/desk").status == 404


def test_an_idle_officer_keeps_only_the_family_hat(browser, act, amina, clock):
    with act() as work:
        officer = an_officer(work)
    browser.sign_in(officer, staff=True)
    clock.shift(timedelta(minutes=29))
    assert browser.get("/desk").status == 200
    clock.shift(timedelta(minutes=31))
    assert browser.get("/desk").status == 404


OFF_SITE = [
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "javascript:alert(1)",
    "http:evil.example", "///evil.example", "/%0d%0aSet-Cookie:x", "https:/evil.example", " //evil.example",
]  # fmt: skip


@pytest.mark.parametrize("where", OFF_SITE)
def test_next_never_leads_off_the_site(new_browser, post, amina, where):
    browser = new_browser()
    browser.client.get("/sign-in", query_string={"next": where})
    browser.post(f"/sign-in?next={where}".replace("\t", "%09"), {"address": ADDRESS})
    post.deliver()
    answer = browser.client.post("/sign-in/code", data={"csrf_token": browser.csrf(), "code": post.code_to(ADDRESS)})
    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert not answer.location.startswith("//")
