"""An address cannot be taken over: the others hear of it, it can be put back, and the last old one asks for a code."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import queries, service
from pyramid_app.accounts.changing.models import AddressChange
from pyramid_app.accounts.models import ContactPoint
from pyramid_app.base.outbox.models import Letter
from tests.builders import a_member, the_area

OLD, THIEF, SECOND = "amina@example.org", "thief@example.net", "second@example.org"


@pytest.fixture
def amina(act, clock):
    with act() as work:
        the_area(work)
        person = a_member(work, OLD)
    clock.shift(timedelta(days=60))
    return person


@pytest.fixture
def phone(browser, amina):
    """Her phone, signed in, in whoever's hand."""
    return browser.sign_in(amina)


def add(browser, post, address):
    browser.get("/me/addresses").press("Send a code there", address=address)
    post.deliver()
    browser.press("Go on", code=post.code_to(address))
    assert address in browser.text
    post.deliver()


def end(browser, post, address, *, code=True):
    browser.get("/me/addresses").press(f"Stop using {address}")
    post.deliver()
    if code:
        browser.press("Go on", code=post.code_to(address))
        post.deliver()


def addresses(database, person):
    with database.reading() as session:
        return {point.address for point in queries.list_contact_points(session, person.id)}


def subjects(post, address):
    return [parcel.words.subject for parcel in post.to(address) if not parcel.words.subject.startswith("Your code")]


def test_every_other_address_hears_of_one_that_is_added(phone, post):
    add(phone, post, THIEF)
    assert subjects(post, OLD) == ["An address was added to your account"]
    letter = post.last_to(OLD).words.text
    assert "the address t•••@example.net was added" in letter
    assert THIEF not in letter
    assert "Friday 14 May 2027" in letter, "it works for 14 days"
    assert subjects(post, THIEF) == []


def test_the_last_old_address_ends_only_with_a_code_from_it(phone, post, amina, database):
    add(phone, post, THIEF)
    end(phone, post, OLD, code=False)
    assert "Your other address is new here." in phone.text
    assert "From Friday 14 May 2027 you can stop using it without a code." in phone.text
    phone.press("Go on", code="000000")
    assert (phone.status, "This code does not work." in phone.text) == (422, True)
    assert addresses(database, amina) == {OLD, THIEF}
    phone.press("Go on", code=post.code_to(OLD))
    assert addresses(database, amina) == {THIEF}


def test_no_other_way_ends_it_either(phone, post, amina, act):
    add(phone, post, THIEF)
    with act() as work:
        (old, _new) = queries.list_contact_points(work.session, amina.id)
        with pytest.raises(Exception, match="be sure that it is you"):
            service.end_contact_point(work, amina.id, old.id)


def test_a_code_for_another_address_does_not_end_it(phone, post, amina, database):
    add(phone, post, THIEF)
    with database.reading() as session:
        _old, new = queries.list_contact_points(session, amina.id)
    end(phone, post, OLD, code=False)
    phone.post(f"/me/addresses/{new.id}/end/code", {"code": post.code_to(OLD)})
    assert phone.status == 422
    assert addresses(database, amina) == {OLD, THIEF}


def test_it_was_not_me_ends_the_new_one_and_signs_out_everywhere(phone, new_browser, post, amina, database):
    add(phone, post, THIEF)
    link = post.link_to(OLD, "not-me")
    scanner = new_browser()
    for _ in range(3):
        scanner.get(link)
    assert addresses(database, amina) == {OLD, THIEF}, "a GET does nothing"
    assert "we stop using t•••@example.net" in scanner.text
    scanner.press("It was not me. Put it back")
    assert "We no longer use t•••@example.net." in scanner.text
    assert addresses(database, amina) == {OLD}
    assert phone.get("/me").path == "/sign-in"
    post.deliver()
    assert subjects(post, OLD)[-1] == "Your addresses are as they were"
    assert "/not-me/" not in post.last_to(OLD).words.text
    again = new_browser().get(link)
    assert (again.status, "does not work any more" in again.text) == (404, True)


def test_an_old_address_that_was_ended_comes_back_with_the_link_that_was_sent_there(
    phone, new_browser, post, amina, database
):
    """Whoever had a code from it, too: the link keeps working although the address was ended."""
    add(phone, post, THIEF)
    end(phone, post, OLD)
    assert addresses(database, amina) == {THIEF}
    assert subjects(post, OLD) == ["An address was added to your account", "We stopped using an address of yours"]
    assert subjects(post, THIEF) == ["We stopped using an address of yours"]
    assert "/not-me/" not in post.last_to(THIEF).words.text
    (added, ended) = [parcel for parcel in post.to(OLD) if "/not-me/" in parcel.words.text]
    assert "/not-me/" in ended.words.text
    first = added.words.text.split("http://localhost")[1].split()[0]
    new_browser().get(first).press("It was not me. Put it back")
    assert addresses(database, amina) == {OLD}, "the first letter undoes all that followed, too"
    new_browser().get("/sign-in").press("Send me a code", address=OLD)
    post.deliver()
    assert "/link/" in post.last_to(OLD).words.text


def test_a_new_address_gets_no_link_to_undo_what_its_owner_does(phone, post, amina, database):
    add(phone, post, THIEF)
    end(phone, post, THIEF, code=False)
    assert addresses(database, amina) == {OLD}, "she can end a new one at once"
    assert subjects(post, THIEF) == ["We stopped using an address of yours"]
    assert "/not-me/" not in post.last_to(THIEF).words.text
    assert "/not-me/" in post.last_to(OLD).words.text


def test_after_fourteen_days_the_new_one_is_an_old_one_and_nothing_is_kept(
    phone, new_browser, post, amina, database, clock, run_jobs
):
    add(phone, post, SECOND)
    link = post.link_to(OLD, "not-me")
    clock.shift(timedelta(days=14))
    assert new_browser().get(link).status == 404
    phone.sign_in(amina)
    end(phone, post, OLD, code=False)
    assert addresses(database, amina) == {SECOND}
    with database.reading() as session:
        assert [one.kept for one in session.exec(select(AddressChange)) if one.kept] == [OLD]
    clock.shift(timedelta(days=14))
    run_jobs("sweep codes and sign-ins")
    with database.reading() as session:
        assert session.exec(select(AddressChange)).all() == []
        assert OLD not in {point.address for point in session.exec(select(ContactPoint))}
        assert OLD not in {letter.address for letter in session.exec(select(Letter))}


def test_whoever_leaves_leaves_nothing_of_it_behind(phone, post, amina, database):
    add(phone, post, SECOND)
    end(phone, post, OLD)
    phone.get("/me/leave").press("Leave now")
    with database.reading() as session:
        assert session.exec(select(AddressChange)).all() == []
        kept = {letter.address for letter in session.exec(select(Letter).where(Letter.kind == "address changed"))}
    assert kept == set()


def test_the_code_for_an_address_pressed_twice_tells_once(phone, post, amina, database):
    phone.get("/me/addresses").press("Send a code there", address=SECOND)
    post.deliver()
    code = post.code_to(SECOND)
    for _ in range(2):
        phone.post("/me/addresses/code", {"code": code})
        assert phone.path == "/me/addresses"
    post.deliver()
    assert subjects(post, OLD) == ["An address was added to your account"]
