"""One code is under way for an address and a purpose; nobody's asking or guessing takes it from anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from pyramid_app.accounts.codes import rules
from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.codes.service import Asker
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base.budgets.queries import list_reached
from pyramid_app.base.budgets.rules import A_DAY, AN_HOUR, EVERYBODY
from pyramid_app.base.budgets.service import spend
from tests.accounts.codes.conftest import ADDRESS

LONG_AGO = datetime(2027, 1, 1, tzinfo=UTC)


def ask(browser, address=ADDRESS):
    return browser.get("/sign-in").press("Send me a code", address=address)


def wrong_for(post, address=ADDRESS):
    code = post.code_to(address)
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"


def type_wrong(browser, post, times):
    for _ in range(times):
        browser.press("Go on", code=wrong_for(post))


def is_in(browser):
    return "Sign out" in browser.buttons()


def reached(database):
    with database.reading() as session:
        return {one.what for one in list_reached(session, LONG_AGO)}


def test_whoever_asks_again_is_bound_to_the_code_that_is_under_way(browser_in, post, amina, clock):
    hers, other = browser_in(1), browser_in(2)
    ask(hers)
    assert "A message is on its way to a•••@example.org." in hers.text
    post.deliver()
    clock.shift(timedelta(minutes=4))
    for _ in range(6):
        ask(other)
    ask(hers)
    post.deliver()
    assert len(post.to(ADDRESS)) == 1
    for browser in (hers, other):
        assert "We sent a message to a•••@example.org at 10 am." in browser.get("/sign-in/code").text
        assert "It works until 10.10 am." in browser.text
    assert is_in(hers.press("Go on", code=post.code_to(ADDRESS)))


def test_the_code_works_in_each_browser_that_asked_and_only_once(browser_in, post, amina):
    one, other = browser_in(1), browser_in(2)
    ask(one), ask(other)
    post.deliver()
    assert is_in(other.press("Go on", code=post.code_to(ADDRESS)))
    one.press("Go on", code=post.code_to(ADDRESS))
    assert (one.status, "This code does not work." in one.text) == (422, True)


def test_after_ten_minutes_a_new_code_goes(browser, post, amina, clock):
    ask(browser)
    post.deliver()
    first = post.code_to(ADDRESS)
    clock.shift(timedelta(minutes=10))
    assert "The code for a•••@example.org is too old." in browser.get("/sign-in/code").text
    browser.press("Go on", code=first)
    assert "This code is too old." in browser.text
    ask(browser)
    post.deliver()
    assert len(post.to(ADDRESS)) == 2
    assert is_in(browser.press("Go on", code=post.code_to(ADDRESS)))


def test_five_wrong_codes_in_one_network_are_enough_and_another_network_still_has_its_own(browser_in, post, amina):
    hers, guesser = browser_in(1), browser_in(2)
    ask(hers), ask(guesser)
    post.deliver()
    type_wrong(guesser, post, 5)
    guesser.press("Go on", code=post.code_to(ADDRESS))
    assert (guesser.status, "That was too many tries." in guesser.text) == (422, True)
    assert is_in(hers.press("Go on", code=post.code_to(ADDRESS)))


def test_guessing_from_many_networks_never_costs_the_one_who_asked_her_code(browser_in, post, amina, database):
    hers = browser_in(1)
    ask(hers)
    post.deliver()
    for network in range(2, 14):
        guesser = browser_in(network)
        ask(guesser)
        type_wrong(guesser, post, 5)
    assert reached(database) == {rules.AT_ONE_CODE}, "the desk hears of it"
    late = ask(browser_in(20))
    assert len(post.to(ADDRESS)) == 1
    assert "on its way" in late.text, "whoever asks where no try is left gets a code of her own"
    assert is_in(hers.get("/sign-in/code").press("Go on", code=post.code_to(ADDRESS)))
    post.deliver()
    assert is_in(late.get("/sign-in/code").press("Go on", code=post.code_to(ADDRESS)))


def test_who_used_up_her_tries_asks_for_a_new_code(browser, post, amina):
    ask(browser)
    post.deliver()
    type_wrong(browser, post, 5)
    ask(browser)
    post.deliver()
    assert is_in(browser.press("Go on", code=post.code_to(ADDRESS)))


def test_nobody_elsewhere_can_use_up_the_letters_of_a_mailbox(browser_in, post, amina, clock):
    """H5: whatever one network asks for, and however it spells her address, she gets a code."""
    for number in range(20):
        guesser = ask(browser_in(2), f"amina+{number}@example.org")
    assert "We have sent many codes to this address in the last hour. Ask again at 11 am." in guesser.text
    assert guesser.status == 422
    post.deliver()
    assert len(post.letters) == rules.TO_A_MAILBOX.at_most + rules.FROM_HERE_TO_A_MAILBOX.at_most
    hers = ask(browser_in(1))
    post.deliver()
    assert is_in(hers.press("Go on", code=post.code_to(ADDRESS)))
    clock.shift(AN_HOUR)
    ask(browser_in(2), "amina+99@example.org")
    assert post.deliver() == 1


def test_a_device_that_is_signed_in_does_not_use_up_the_mailbox(act, settings, post, amina):
    asker = Asker(settings.secret.get_secret_value(), "network", signed_in=True)
    for number in range(rules.TO_A_MAILBOX.at_most + 5):
        with act() as work:
            assert codes.ask(work, asker, Purpose.CONTACT, f"amina+{number}@example.org").refused is None
    with act() as work:
        stranger = Asker(asker.secret, "elsewhere")
        assert codes.ask(work, stranger, Purpose.SIGN_IN, ADDRESS).refused is None


def test_one_network_is_told_when_it_has_asked_too_often_and_the_desk_can_see_it(browser, act, post, amina, database):
    with act() as work:
        for _ in range(rules.ASKED_BY_ALL.at_most):
            spend(work.session, rules.ASKED_BY_ALL, EVERYBODY, work.now)
    for number in range(rules.ASKED_HERE_WHEN_BUSY.at_most):
        assert "on its way" in ask(browser, f"family{number}@example.org").text
    ask(browser, "late@example.org")
    assert "Too many codes were asked for where you are. Ask again at 11 am." in browser.text
    assert reached(database) == {rules.ASKED_BY_ALL.what, rules.ASKED_HERE_WHEN_BUSY.what}


def test_wrong_codes_count_for_the_network_at_whatever_address(browser_in, post, amina, database):
    guesser = browser_in(2)
    for number in range(13):
        ask(guesser, f"family{number}@example.org")
        for _ in range(5):
            guesser.press("Go on", code="000000")
    assert "Too many wrong codes were typed where you are. Try again at 11 am." in guesser.text
    hers = ask(browser_in(1))
    post.deliver()
    assert is_in(hers.press("Go on", code=post.code_to(ADDRESS)))


def test_while_somebody_guesses_everywhere_codes_are_longer_and_nobody_is_kept_out(
    browser, act, post, amina, clock, database
):
    ask(browser)
    post.deliver()
    with act() as work:
        for _ in range(rules.WRONG_OF_ALL.at_most):
            spend(work.session, rules.WRONG_OF_ALL, EVERYBODY, work.now)
    browser.press("Go on", code=post.code_to(ADDRESS))
    assert "our codes are longer now. Ask for a new code." in browser.text
    for wait in (timedelta(0), A_DAY):
        clock.shift(wait)
        ask(browser)
        post.deliver()
        assert len(post.code_to(ADDRESS)) == rules.LONG
        assert is_in(browser.press("Go on", code=post.code_to(ADDRESS)))
        browser.press("Sign out")
    clock.shift(A_DAY)
    ask(browser)
    post.deliver()
    assert len(post.code_to(ADDRESS)) == rules.SHORT


def test_pressed_twice_the_right_code_leads_on(browser, post, amina):
    ask(browser)
    post.deliver()
    token, code = browser.csrf(), post.code_to(ADDRESS)
    cookies = browser.client.get_cookie("pyramid").value
    for _ in range(2):
        browser.client.set_cookie("pyramid", cookies)
        answer = browser.client.post("/sign-in/code", data={"csrf_token": token, "code": code})
        assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get("/me").path == "/me"


def test_the_same_code_a_minute_later_or_a_wrong_one_leads_nowhere(browser, post, amina, clock):
    ask(browser)
    post.deliver()
    cookie, right = browser.client.get_cookie("pyramid").value, post.code_to(ADDRESS)
    wrong = wrong_for(post)
    browser.press("Go on", code=right)
    for code, wait in ((wrong, timedelta(0)), (right, rules.JUST_NOW)):
        clock.shift(wait)
        browser.client.set_cookie("pyramid", cookie)
        browser.get("/sign-in/code").press("Go on", code=code)
        assert (browser.status, "This code does not work." in browser.text) == (422, True)


def test_a_code_typed_on_an_arabic_keyboard_signs_in(browser, post, amina):
    ask(browser)
    post.deliver()
    arabic = post.code_to(ADDRESS).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert is_in(browser.press("Go on", code=arabic))


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.SIGN_IN])
def test_a_code_for_something_else_does_not_sign_in(act, settings, post, amina, purpose):
    asker = Asker(settings.secret.get_secret_value(), "network")
    with act() as work:
        name = codes.ask(work, asker, purpose, ADDRESS).name
    post.deliver()
    with act() as work:
        assert codes.try_code(work, asker, name, Purpose.SIGN_IN, post.code_to(ADDRESS)).address is None
        assert codes.try_code(work, asker, name, purpose, post.code_to(ADDRESS)).address == ADDRESS


DOES = {
    Purpose.SIGN_IN: "Anyone who types it can sign in as you",
    Purpose.JOIN: "so that you can join",
    Purpose.ANSWER: "your answer to the question “Buses?”",
    Purpose.HEAR_BACK: "It lets us write to you here about what you told us",
    Purpose.CONTACT: "It adds this address to the account of the person who types it",
    Purpose.END_CONTACT: "makes us stop using one of your addresses",
}


@pytest.mark.parametrize("purpose", Purpose)
def test_the_letter_says_what_its_code_does_and_where_it_was_asked_and_that_we_never_ask(
    act, settings, post, amina, purpose
):
    with act() as work:
        codes.ask(work, Asker(settings.secret.get_secret_value(), "network"), purpose, ADDRESS, title="Buses?")
    post.deliver()
    letter = post.last_to(ADDRESS).words
    assert DOES[purpose] in letter.text
    assert [purpose for purpose, does in DOES.items() if does in letter.text] == [purpose]
    assert "on the website of Testborough, http://localhost." in letter.text
    assert "We will never ask you for this code: not on the phone, not by text and not by e-mail." in letter.text
    assert ("/link/" in letter.text) == (purpose is Purpose.SIGN_IN)
    on_the_lock_screen = f"{letter.subject} {letter.one_line}"
    assert "We will never ask you for it." in on_the_lock_screen
    assert not [word for word in ("SEND", "disab", "Testborough", "Buses") if word in on_the_lock_screen]
    assert len(letter.one_line) < 160


def test_a_letter_that_is_sent_a_second_time_makes_a_new_code(act, settings, post, amina, database):
    asker = Asker(settings.secret.get_secret_value(), "network")
    with act() as work:
        name = codes.ask(work, asker, Purpose.SIGN_IN, ADDRESS).name
    post.deliver()
    first = post.code_to(ADDRESS)
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE letter SET sent_at = NULL")
    post.deliver()
    second = post.code_to(ADDRESS)
    with act() as work:
        assert first == second or codes.try_code(work, asker, name, Purpose.SIGN_IN, first).address is None
        assert codes.try_code(work, asker, name, Purpose.SIGN_IN, second).address == ADDRESS


def test_who_told_us_something_asks_for_another_code_on_the_page_of_thanks(browser, post, amina, clock):
    browser.get("/feedback/new/families").press("Send it", words="The bus is late.", address="new@example.org")
    post.deliver()
    clock.shift(timedelta(minutes=11))
    browser.press("Ask for a new code")
    post.deliver()
    assert len(post.to("new@example.org")) == 2
    assert "We sent a code to n•••@example.org at 10.11 am." in browser.get(browser.path).text
    browser.press("Tell me what happens", code=post.code_to("new@example.org"))
    assert "You hear from us by" in browser.text


def test_who_gets_no_code_is_heard_all_the_same_and_told_why(browser, act, post, amina):
    with act() as work:
        for _ in range(rules.ASKED_BY_ALL.at_most):
            spend(work.session, rules.ASKED_BY_ALL, EVERYBODY, work.now)
    for number in range(rules.ASKED_HERE_WHEN_BUSY.at_most):
        ask(browser, f"family{number}@example.org")
    browser.get("/feedback/new/families").press("Send it", words="The bus is late.", address="new@example.org")
    assert "We have it. Thank you." in browser.text
    assert (
        "We can’t send you a code now. Too many codes were asked for where you are. Ask again at 11 am." in browser.text
    )
