"""The doors to a paper, walked: signed in, by the link in the letter, and from the newsletter."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.codes.models import CodeTries, OneTimeCode
from pyramid_app.ballots import queries as ballots
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.base.outbox.models import Letter
from pyramid_app.participation import queries as participation
from pyramid_app.participation import service as levels
from pyramid_app.polls import queries
from tests.builders import a_member, an_officer
from tests.polls.builders import boxes, chosen
from tests.polls.conftest import TEAM

LATE = "It is late"


@pytest.fixture
def amina(act, area):
    with act(TEAM) as work:
        return a_member(work)


@pytest.fixture
def raw(act, poll):
    """The bus is late; a text message and a helper would help."""
    with act() as work:
        return boxes(chosen(work, poll, 0, [0, 1]))


def envelopes(database):
    with database.reading() as session:
        return [envelope.sealed for envelope in session.exec(select(Envelope))]


def closed(clock, poll):
    clock.move_to(poll.closes_at)


# Signed in ----------------------------------------------------------------------------------------------------------


def test_signed_in(browser, amina, poll, raw, database):
    browser.sign_in(amina).get(f"/polls/{poll.ref}").follow("Answer now")
    assert "Choose up to 2." in browser.text
    browser.press("Go on", **raw)
    assert (browser.status, LATE in browser.text) == (200, True)
    assert envelopes(database) == []
    browser.press("Change it")
    assert browser.html.count(" checked") == 3
    browser.press("Go on").press("Send my answer")
    assert browser.path == f"/polls/{poll.ref}/thanks"
    assert "You can change your answer until Sunday 21 March 2027, 10 pm." in browser.text
    assert "Your answer is in. Thank you." in browser.text
    assert len(envelopes(database)) == 1
    browser.get(f"/polls/{poll.ref}/paper")
    assert "You have answered this." in browser.text


def test_an_answer_can_be_changed_until_close(browser, amina, poll, raw, database, act):
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper").press("Go on", **raw).press("Send my answer")
    (first,) = envelopes(database)
    with act() as work:
        other = boxes(chosen(work, poll, 1, None))
    browser.get(f"/polls/{poll.ref}/paper").press("Go on", **other).press("Send my answer")
    (second,) = envelopes(database)
    assert first != second
    assert len(first) == len(second)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty", "Choose an answer"),
        ("unknown", "We don't know this answer"),
        ("another poll's", "This answer belongs to another question"),
        ("too many", "Choose up to 2. You chose 3."),
        ("not sure and more", "Choose “I am not sure” alone"),
        ("huge", "We don't know this answer"),
    ],
)
def test_bad_answers_are_refused_in_words_and_nothing_is_kept(browser, amina, poll, raw, database, act, name, sentence):
    bus, helps = raw
    with act() as work:
        all_three = boxes(chosen(work, poll, 0, [0, 1, 2]))[helps]
    mistakes: dict[str, dict[str, Any]] = {
        "empty": {bus: None},
        "unknown": {bus: "nonsense"},
        "another poll's": {bus: "0" * 32},
        "too many": {helps: all_three},
        "not sure and more": {helps: [*raw[helps], "not sure"]},
        "huge": {bus: "x" * 200_000},
    }
    bad = mistakes[name]
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper").press("Go on", **{**raw, **bad})
    assert (browser.status, sentence in browser.text) == (422, True)
    data = {field: value for field, value in {**raw, **bad}.items() if value is not None}
    browser.post(f"/polls/{poll.ref}/cast", data)
    assert (browser.status, sentence in browser.text) == (422, True)
    assert envelopes(database) == []


def test_closed_meanwhile_the_answers_stay_on_the_screen(browser, amina, poll, raw, database, clock):
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper").press("Go on", **raw)
    closed(clock, poll)
    with_session = browser.sign_in(amina)
    for path in ("cast", "check", "paper"):
        with_session.post(f"/polls/{poll.ref}/{path}", raw)
        assert browser.status == 409
        assert "This question closed on Sunday 21 March 2027, 10 pm." in browser.text
        assert "Your answers are below." in browser.text
        assert LATE in browser.text
    assert envelopes(database) == []


def test_not_open_yet(browser, amina, poll, raw, clock, database):
    clock.move_to(poll.opens_at - timedelta(hours=1))
    browser.sign_in(amina)
    for path in (f"/polls/{poll.ref}/cast", f"/q/{poll.ref}/check"):
        browser.post(path, raw)
        assert browser.status in {404, 409}
    assert envelopes(database) == []


def test_staff_and_those_who_only_want_to_hear_do_not_answer(browser, new_browser, poll, raw, act, database):
    with act(TEAM) as work:
        sam, ground = an_officer(work), a_member(work, "ground@example.org", level="ground")
    browser.sign_in(sam, staff=True).get(f"/polls/{poll.ref}/paper")
    assert "You are here as staff." in browser.text
    browser.post(f"/polls/{poll.ref}/cast", raw)
    assert browser.status == 409
    other = new_browser().sign_in(ground).post(f"/polls/{poll.ref}/cast", raw)
    assert "Parent Parliament" in other.text
    assert envelopes(database) == []


# By the pass --------------------------------------------------------------------------------------------------------


@pytest.fixture
def link(amina, poll, run_jobs, post):
    run_jobs("invite")
    post.deliver()
    return post.link_to("amina@example.org", "p")


def test_by_the_link_in_the_letter(browser, link, poll, raw, database):
    browser.get(link)
    assert (browser.status, envelopes(database)) == (200, [])
    assert "How is the bus" not in browser.text
    assert "This link was sent to a•••@example.org." in browser.text
    assert "Amina" not in browser.html
    browser.press("Open the question").press("Go on", **raw)
    assert LATE in browser.text
    browser.press("Send my answer")
    assert "Your answer is in." in browser.text
    assert browser.loads == 4
    assert len(envelopes(database)) == 1
    browser.get("/me")
    assert "/sign-in" in browser.path


def test_no_row_holds_the_pass(link, database):
    token = link.removeprefix("/p/")
    with database.reading() as session:
        rows = [str(letter.model_dump()) for letter in session.exec(select(Letter))]
    assert rows
    assert not any(token in row or "/p/" in row for row in rows)


def test_changing_by_the_link_is_told_to_its_owner(browser, link, poll, raw, run_jobs, post):
    for _ in range(3):
        browser.get(link).press("Open the question").press("Go on", **raw).press("Send my answer")
    post.deliver()
    told = [letter for letter in post.to("amina@example.org") if letter.words.subject == "Your answer was changed"]
    assert len(told) == 1
    assert f"/q/{poll.ref}" in told[0].words.text


def test_the_link_speaks_for_its_owner_whoever_is_signed_in(browser, link, poll, raw, act, database, amina):
    with act(TEAM) as work:
        sam = an_officer(work)
    browser.sign_in(sam, staff=True).get(link).press("Open the question").press("Go on", **raw).press("Send my answer")
    with database.reading() as session:
        assert ballots.has_answered(session, poll.ballot_id, amina.id)


@pytest.mark.parametrize(
    ("name", "status"),
    [("closed", 410), ("revoked", 410), ("left", 410), ("moved to the ground", 410), ("garbage", 404)],
)
def test_a_link_that_opens_nothing_is_a_kind_page(browser, link, poll, amina, raw, act, clock, database, name, status):
    with act(TEAM) as work:
        if name == "revoked":
            accounts.revoke_passes(work, amina.id)
        elif name == "left":
            levels.leave(work, amina.id)
        elif name == "moved to the ground":
            levels.move(work, amina.id, "ground")
    if name == "closed":
        closed(clock, poll)
    token = "garbage" if name == "garbage" else link.removeprefix("/p/")
    assert browser.get(f"/p/{token}").status == status
    for path in ("", "/check", "/cast"):
        assert browser.post(f"/p/{token}{path}", raw).status == status
        assert ("Your answers are below." in browser.text) is (name != "garbage")
    assert browser.get(f"/p/{token}/thanks").status == status
    assert envelopes(database) == []


def test_a_pass_opens_nothing_else(browser, link, poll):
    token = link.removeprefix("/p/")
    for path in (f"/link/{token}", f"/q/{token}", f"/polls/{token}", f"/invitation/{token}", "/me", "/desk/polls"):
        browser.get(path)
        assert "How is the bus" not in browser.text
        assert browser.path == "/sign-in" or browser.status in {200, 404}
    assert browser.get(f"/polls/{poll.ref}/paper").path == "/sign-in"


# A stranger from the newsletter -------------------------------------------------------------------------------------


TICKS = {"cares": "y", "first": "y", "address": "new@example.org"}


def to_code(browser, poll, raw, post, **changes):
    browser.get(f"/q/{poll.ref}").press("Go on", **raw).press("Send me a code", **{**TICKS, **changes})
    post.deliver()
    return browser


def test_a_stranger_answers_in_four_page_loads(browser, poll, raw, post, database):
    to_code(browser, poll, raw, post)
    with database.reading() as session:
        assert people.find_by_address(session, "new@example.org") is None
        assert session.exec(select(RollEntry)).all() == []
        assert [letter.kind for letter in session.exec(select(Letter))] == ["code"]
    assert envelopes(database) == []
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    assert "Your answer is in. Thank you." in browser.text
    assert browser.loads == 4
    with database.reading() as session:
        person = people.find_by_address(session, "new@example.org")
        assert person is not None
        assert participation.find_level_of(session, person.id, poll.opens_at) == "parliament"
        assert ballots.has_answered(session, poll.ballot_id, person.id)
        assert queries.waiting_for(session, person.id, poll.opens_at) == []
    assert browser.get("/me").path == "/sign-in"


def test_a_dropped_tab_goes_on_at_the_code_page(browser, poll, raw, post, database):
    to_code(browser, poll, raw, post)
    cookie = browser.client.get_cookie("answer", path=f"/q/{poll.ref}")
    assert cookie is not None
    assert cookie.http_only
    assert len(cookie.value) < 3000
    browser.get(f"/q/{poll.ref}").follow("Type your code")
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    assert "Your answer is in." in browser.text
    assert len(envelopes(database)) == 1
    assert browser.client.get_cookie("answer", path=f"/q/{poll.ref}") is None


def test_without_a_waiting_answer_the_code_page_is_the_question(browser, poll):
    assert browser.get(f"/q/{poll.ref}/code").path == f"/q/{poll.ref}"


def test_a_wrong_code_is_counted_and_the_answer_stays(browser, poll, raw, post, database):
    to_code(browser, poll, raw, post)
    code = post.code_to("new@example.org")
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for tries in range(1, 6):
        browser.press("Send my answer", code=wrong)
        assert (browser.status, "This code does not work." in browser.text) == (422, True)
        with database.reading() as session:
            assert session.exec(select(CodeTries)).one().wrong == tries
    browser.press("Send my answer", code=code)
    assert "That was too many tries." in browser.text
    browser.press("Ask for a new code").press("Send me a code", **TICKS)
    post.deliver()
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    assert "Your answer is in." in browser.text
    assert len(envelopes(database)) == 1


def test_no_code_typed(browser, poll, raw, post):
    to_code(browser, poll, raw, post).press("Send my answer", code="")
    assert (browser.status, "Type the code" in browser.text) == (422, True)


@pytest.mark.parametrize(
    "changes",
    [{"cares": None}, {"first": None}, {"address": ""}, {"address": "nonsense"}, {"address": "a@b.c\nBcc: x@y.z"},
     {"address": "x" * 200_000}],
)  # fmt: skip
def test_ticks_and_address_are_needed_and_the_answer_stays(browser, poll, raw, post, database, changes):
    to_code(browser, poll, raw, post, **changes)
    assert browser.status == 422
    assert LATE in browser.text
    assert post.letters == []
    browser.press("Send me a code", **TICKS)
    assert "Type your code" in browser.text


def test_pressed_twice_is_once_and_says_thank_you_twice(browser, poll, raw, post, database):
    to_code(browser, poll, raw, post)
    page, code = browser.answer, post.code_to("new@example.org")
    carried = browser.html.split('name="carried" value="')[1].split('"')[0]
    browser.press("Send my answer", code=code)
    assert page.status_code == 200
    browser.post(f"/q/{poll.ref}/cast", {**raw, "carried": carried, "code": code})
    assert "Your answer is in." in browser.text
    assert len(envelopes(database)) == 1


def test_a_member_who_comes_by_the_newsletter_changes_her_answer(
    browser, amina, poll, raw, post, database, new_browser
):
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper").press("Go on", **raw).press("Send my answer")
    (first,) = envelopes(database)
    other = to_code(new_browser(), poll, raw, post, address="amina@example.org")
    other.press("Send my answer", code=post.code_to("amina@example.org"))
    (second,) = envelopes(database)
    assert first != second


def test_a_member_who_is_signed_in_goes_straight_to_the_paper(browser, amina, poll):
    assert browser.sign_in(amina).get(f"/q/{poll.ref}").path == f"/polls/{poll.ref}/paper"


def carried_of(browser):
    return browser.html.split('name="carried" value="')[1].split('"')[0]


def test_a_sealed_answer_made_up_or_used_for_another_code_is_refused(browser, poll, raw, post, database, new_browser):
    to_code(browser, poll, raw, post)
    mine, code = carried_of(browser), post.code_to("new@example.org")
    thief = to_code(new_browser(), poll, raw, post, address="thief@example.org")
    stolen_code = post.code_to("thief@example.org")
    for carried, typed in ((mine, stolen_code), ("made.up.1.x.y", code), (mine[:-1], code)):
        thief.post(f"/q/{poll.ref}/cast", {**raw, "carried": carried, "code": typed})
        assert thief.status in {409, 422}
    assert envelopes(database) == []
    browser.press("Send my answer", code=code)
    assert "Your answer is in." in browser.text


def test_a_sealed_answer_does_not_count_for_a_second_person(browser, poll, raw, post, database):
    browser.get(f"/q/{poll.ref}").press("Go on", **raw)
    unbound = carried_of(browser)
    browser.press("Send me a code", **TICKS)
    post.deliver()
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    browser.post(f"/q/{poll.ref}/code", {**raw, **TICKS, "address": "second@example.org", "carried": unbound})
    post.deliver()
    browser.press("Send my answer", code=post.code_to("second@example.org"))
    assert browser.status == 409
    assert "sent already, by somebody else" in browser.text
    assert len(envelopes(database)) == 1
    with database.reading() as session:
        assert people.find_by_address(session, "second@example.org") is None


def test_an_unbound_answer_cannot_be_cast(browser, poll, raw, post, database):
    browser.get(f"/q/{poll.ref}").press("Go on", **raw)
    browser.post(f"/q/{poll.ref}/cast", {**raw, "carried": carried_of(browser), "code": "123456"})
    assert browser.status == 422
    assert envelopes(database) == []


def test_after_thirty_minutes_she_answers_again_with_everything_still_chosen(browser, poll, raw, post, clock):
    to_code(browser, poll, raw, post)
    clock.shift(timedelta(minutes=31))
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    assert (browser.status, "open for too long" in browser.text) == (409, True)
    assert browser.html.count(" checked") == 3


def test_closed_while_she_typed_her_code_nothing_is_used_up(browser, poll, raw, post, clock, database):
    clock.move_to(poll.closes_at - timedelta(minutes=1))
    to_code(browser, poll, raw, post)
    closed(clock, poll)
    browser.press("Send my answer", code=post.code_to("new@example.org"))
    assert browser.status == 409
    assert "This question closed on" in browser.text
    assert LATE in browser.text
    with database.reading() as session:
        assert session.exec(select(OneTimeCode)).one().used_at is None
        assert people.find_by_address(session, "new@example.org") is None
    browser.get(f"/q/{poll.ref}")
    assert browser.status == 409


def test_a_get_of_a_short_link_stores_nothing(browser, poll, database):
    browser.get(f"/q/{poll.ref}")
    assert envelopes(database) == []
    assert browser.client.get_cookie("answer", path=f"/q/{poll.ref}") is None


def test_drafts_and_nonsense_are_not_found(browser):
    for path in ("/q/nothing", "/polls/nothing", "/polls/nothing/results", "/q/nothing/code", "/q/nothing/thanks"):
        browser.client.set_cookie("answer", "x", path="/q/nothing")
        assert browser.get(path).status == 404


def test_without_a_csrf_token_nothing_happens(browser, amina, poll, raw, database, link):
    browser.sign_in(amina)
    for path in (f"/polls/{poll.ref}/cast", f"{link}/cast", f"/q/{poll.ref}/cast"):
        browser.post(path, {**raw, "csrf_token": "made up"})
        assert browser.status == 403
    assert envelopes(database) == []
