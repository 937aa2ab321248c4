"""One short page, a code, and one is in; how involved to be can be changed at any time."""

import pytest

from pyramid_app.accounts import queries as people
from pyramid_app.base import clock as the_clock
from pyramid_app.participation import queries
from tests.builders import a_member, an_officer, the_area

ADDRESS = "amina@example.org"
TICKED = {"cares": "y", "read": "y"}


@pytest.fixture(autouse=True)
def area(act):
    with act() as work:
        the_area(work)


def level_of(database, address=ADDRESS):
    with database.reading() as session:
        person = people.find_by_address(session, address)
        return queries.find_level_of(session, person.id, the_clock.now()) if person else None


def test_from_the_first_page_to_the_parliament(browser, post, database):
    browser.get("/join").press("Join", address=" Amina@Example.org ", **TICKED)
    assert browser.path == "/join/code"
    assert level_of(database) is None
    post.deliver()
    browser.press("Join", code=post.code_to(ADDRESS))
    assert (browser.path, browser.status) == ("/welcome", 200)
    assert level_of(database) == "parliament"
    browser.press("consultative", name="Amina")
    assert browser.path == "/me"
    assert level_of(database) == "consultative"


def test_both_ticks_and_an_address_are_asked_for_at_once(browser, post):
    browser.get("/join").press("Join", address="nobody")
    assert browser.status == 422
    for words in (
        "Tick this box if it is true. It is the one thing we ask.",
        "Tick this box when you have read it.",
        "We can't read this address. An e-mail address looks like name@example.org.",
    ):
        assert words in browser.text
    assert 'value="nobody"' in browser.html
    assert all(f'href="#{name}"' in browser.html for name in ("cares", "read", "address"))
    assert all(f'id="{name}"' in browser.html for name in ("cares", "read", "address"))
    assert post.deliver() == 0


def test_a_wrong_code_opens_nothing_and_says_so(browser, post, database):
    browser.get("/join").press("Join", address=ADDRESS, **TICKED)
    post.deliver()
    wrong = f"{(int(post.code_to(ADDRESS)) + 1) % 1_000_000:06d}"
    browser.press("Join", code=wrong)
    assert browser.status == 422
    assert "This code does not work." in browser.text
    assert level_of(database) is None


def test_a_code_for_signing_in_does_not_join(browser, new_browser, post, database):
    new_browser().get("/sign-in").press("Send me a code", address=ADDRESS)
    browser.get("/join").press("Join", address=ADDRESS, **TICKED)
    post.deliver()
    with browser.client.session_transaction() as cookie:
        assert "ask" not in cookie
    assert level_of(database) is None


def test_the_code_page_without_asking_leads_back(browser):
    assert browser.get("/join/code").path == "/join"


def test_whoever_has_joined_before_stays_where_they_stand(browser, post, act, database):
    with act() as work:
        a_member(work, level="consultative")
    browser.get("/join").press("Join", address=ADDRESS, **TICKED)
    post.deliver()
    browser.press("Join", code=post.code_to(ADDRESS))
    assert level_of(database) == "consultative"


def test_nothing_after_joining_has_to_be_answered(browser, act, database):
    with act() as work:
        member = a_member(work)
    browser.sign_in(member).get("/welcome").press("Leave it as it is")
    assert browser.path == "/me"
    assert level_of(database) == "parliament"


def test_one_can_be_asked_less_and_more_at_any_time(browser, act, database):
    with act() as work:
        member = a_member(work)
    browser.sign_in(member).get("/me/involved")
    assert "Ask me now and then (this is you now)" in browser.text
    browser.press("ground")
    assert level_of(database) == "ground"
    browser.get("/me/involved").press("parliament")
    assert level_of(database) == "parliament"


def test_whoever_has_a_seat_is_told_before_they_give_it_back(browser, act, database):
    with act() as work:
        rep = a_member(work, level="group")
    browser.sign_in(rep).get("/me/involved")
    assert "You have a seat. If you press one of these, you give it back." in browser.text
    browser.press("consultative")
    assert level_of(database) == "consultative"
    assert "You have a seat." not in browser.get("/me/involved").text


def test_nobody_takes_a_seat_by_a_hand_made_post(browser, act, database):
    with act() as work:
        member = a_member(work)
    browser.sign_in(member).post("/me/involved", {"level": "group"})
    assert (browser.status, level_of(database)) == (403, "parliament")
    assert browser.post("/me/involved", {"level": "throne"}).status == 404
    assert browser.post("/me/involved", {}).status == 404


@pytest.mark.parametrize("path", ["/me/involved", "/welcome"])
def test_staff_who_are_parents_make_the_declaration_first(browser, act, database, path):
    with act() as work:
        officer = an_officer(work, address=ADDRESS)
    browser.sign_in(officer).get(path).press("parliament")
    assert browser.status == 422
    assert "Tick this box if it is true." in browser.text
    assert level_of(database) is None
    browser.press("parliament", cares="y")
    assert (browser.path, level_of(database)) == ("/me", "parliament")


def test_which_letters_one_wants(browser, act, database):
    with act() as work:
        member = a_member(work)
    browser.sign_in(member).get("/me/letters").press("Save", questions=None)
    assert browser.path == "/me"
    with database.reading() as session:
        person = people.get_person(session, member.id)
    assert (person.wants_questions, person.wants_answers, person.wants_notices) == (False, True, True)
    assert browser.get("/me/letters").html.count(" checked") == 2


def test_reps_are_named_and_others_never(browser, act):
    assert "There are no reps yet." in browser.get("/reps").text
    with act() as work:
        a_member(work, "rosa@example.org", "group", "Rosa")
        a_member(work, "chidi@example.org", "consultative", "Chidi")
        a_member(work, "quiet@example.org", "group", "")
    browser.get("/reps")
    assert "Rosa" in browser.text
    assert "Chidi" not in browser.text
    assert "There are no reps yet." not in browser.text
