"""Leaving is one page and one press."""

import pytest

from tests.builders import a_member, the_area

ADDRESS = "amina@example.org"


@pytest.fixture
def amina(act):
    with act() as work:
        the_area(work)
        return a_member(work, ADDRESS)


def test_the_page_says_what_stays_and_a_look_changes_nothing(browser, amina):
    browser.sign_in(amina).get("/me/leave")
    assert "What stays What you told us, without your name." in browser.text
    assert browser.get("/me").path == "/me"


def test_one_press_and_one_is_signed_out_everywhere(browser, new_browser, amina):
    phone = new_browser().sign_in(amina)
    browser.sign_in(amina).get("/me/leave").press("Leave now")
    assert (browser.path, browser.status) == ("/left", 200)
    assert "You have left" in browser.text
    assert "Sign out" not in browser.buttons()
    assert phone.get("/me").path == "/sign-in"


def test_letters_do_not_reach_whoever_has_left(browser, post, amina):
    browser.sign_in(amina).get("/me/leave").press("Leave now")
    browser.get("/sign-in").press("Send me a code", address=ADDRESS)
    post.deliver()
    assert "We don’t know it yet." in post.last_to(ADDRESS).words.text


def test_one_can_stay_and_be_asked_less_instead(browser, amina):
    browser.sign_in(amina).get("/me/leave").follow("Stay, but be asked less")
    assert browser.path == "/me/involved"
