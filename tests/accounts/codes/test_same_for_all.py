"""Nobody learns who is here: whatever a browser does with a code, it is answered alike for a member and a stranger.

Alike means: byte for byte, but for the form's token; and the database is asked the same, statement by statement, so
that the time it takes tells nothing either.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from pyramid_app.accounts.codes import rules
from pyramid_app.base.budgets.rules import AN_HOUR
from tests.accounts.codes.conftest import ADDRESS
from tests.support.browser import Browser
from tests.support.statements import counting

STRANGER = "azima@example.org"
"""As long as the member's address, and masked alike: ``a•••@example.org``."""

TOKEN = re.compile(r'(name="csrf_token" (?:type="hidden" )?value=")[^"]+')


@dataclass
class Seen:
    """What somebody outside can see of one step, and what it asked of the database."""

    status: int
    headers: list[tuple[str, str]]
    body: str
    asked: list[str]


@pytest.fixture
def both(browser_in, amina):
    """The same step in two browsers, each in a network of its own; it has to look the same."""
    known, unknown = browser_in(1), browser_in(2)

    def step(does, *more):
        seen = []
        for browser, address in ((known, ADDRESS), (unknown, STRANGER)):
            with counting() as asked:
                answer = does(browser, address, *more)
            body = TOKEN.sub(r"\1", answer.text).replace(address, "what she typed")
            seen.append(Seen(answer.status_code, _headers(answer), body, list(asked)))
        assert seen[0].asked, "a step that asks nothing shows nothing"
        assert seen[0] == seen[1]
        return seen[0]

    return step


def _headers(answer):
    return sorted((name, value) for name, value in answer.headers if name != "Set-Cookie")


def send(browser: Browser, path, **data):
    return browser.client.post(path, data={"csrf_token": browser.csrf(), **data})


def asks(browser, address):
    return send(browser, "/sign-in", address=address)


def looks(browser, _address):
    return browser.client.get("/sign-in/code")


def types(browser, _address, code="000000"):
    return send(browser, "/sign-in/code", code=code)


def test_signing_in_looks_the_same_for_everybody(both, browser_in, post, clock):
    assert both(asks).status == 303
    assert "on its way" in both(looks).body
    assert "does not work" in both(types).body, "before the letter has left"
    post.deliver()
    assert "We sent a message" in both(looks).body
    said = [both(types).body for _ in range(6)]
    # The one before the letter had left was a try as well.
    assert ["too many tries" in body for body in said] == [False] * 4 + [True] * 2
    both(asks)
    both(looks)
    post.deliver()
    both(looks)
    clock.shift(timedelta(minutes=10))
    assert "is too old" in both(looks).body
    assert "too old" in both(types).body
    letters = rules.TO_A_MAILBOX.at_most + rules.FROM_HERE_TO_A_MAILBOX.at_most
    for _ in range(letters - 2):
        both(asks)
        for _ in range(5):
            both(types)
    assert "many codes to this address" in both(asks).body
    for _ in range(20):
        last = both(types).body
    assert "too many tries" in last
    clock.shift(AN_HOUR)
    assert both(asks).status == 303
    both(looks)


def test_a_code_of_an_older_ask_looks_the_same(both, post, clock):
    both(asks)
    post.deliver()

    def keeps(browser, _address):
        browser.older = browser.client.get_cookie("pyramid").value
        return looks(browser, _address)

    def takes_the_older(browser, address):
        browser.client.set_cookie("pyramid", browser.older)
        return types(browser, address)

    both(keeps)
    clock.shift(timedelta(minutes=11))
    both(asks)
    post.deliver()
    assert "too old" in both(takes_the_older).body


def test_a_second_browser_that_asks_looks_the_same(both, browser_in, post):
    both(asks)
    post.deliver()
    others = {ADDRESS: browser_in(3), STRANGER: browser_in(4)}
    both(lambda _browser, address: asks(others[address], address))
    assert "We sent a message" in both(lambda _browser, address: looks(others[address], address)).body
    both(lambda _browser, address: types(others[address], address))


def test_a_link_that_is_none_looks_the_same(both, post):
    both(asks)
    post.deliver()
    assert both(lambda browser, _address: browser.client.get("/link/" + "x" * 43)).status == 404
    assert both(lambda browser, _address: send(browser, "/link/" + "x" * 43)).status == 409


def test_joining_looks_the_same(both, post):
    both(lambda browser, address: send(browser, "/join", address=address, cares="y", read="y"))
    both(lambda browser, _address: browser.client.get("/join/code"))
    post.deliver()
    for _ in range(6):
        both(lambda browser, _address: send(browser, "/join/code", code="000000"))


def test_every_code_that_does_not_work_is_answered_with_one_sentence(browser_in, post, amina):
    """Wrong, used, meant for something else, asked for by nobody."""
    used, wrong, other, nobody = (browser_in(network) for network in range(1, 5))
    asks(used, ADDRESS)
    post.deliver()
    browser_in(5).get(post.link_to(ADDRESS, "link")).press("Yes, that is me. Sign me in")
    asks(wrong, ADDRESS)
    send(other, "/join", address=ADDRESS, cares="y", read="y")
    with other.client.session_transaction() as kept:
        kept["ask"] = kept["join ask"]
    with nobody.client.session_transaction() as kept:
        kept["ask"] = "never asked"
    answers = [types(browser, ADDRESS, code=post.code_to(ADDRESS)) for browser in (used, wrong, other, nobody)]
    assert {answer.status_code for answer in answers} == {422}
    said = {re.search(r'<div class="govuk-error-summary".*?</div>\s*</div>', one.text, re.DOTALL)[0] for one in answers}
    assert len(said) == 1
    assert "This code does not work. Check the newest message from us, or ask for a new code." in said.pop()
