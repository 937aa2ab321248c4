"""Many at once through the real pages, with real commits and real locks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.models import Person
from pyramid_app.app import create_app, office
from pyramid_app.ballots.models import Envelope, RollEntry
from pyramid_app.ballots.service import Cast
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.outbox.sender import send_due
from pyramid_app.base.work import working
from pyramid_app.participation import service as participation
from pyramid_app.polls.answering import service as answering
from tests.builders import a_member, acting_as, the_area
from tests.polls.builders import BUS, CAME, HELP, a_poll, boxes, chosen
from tests.polls.conftest import TEAM
from tests.support.browser import Browser
from tests.support.post import Bag, Post


@pytest.fixture
def app(settings, real_database, clock):
    one = create_app(settings, real_database)
    one.testing = True
    return one


@pytest.fixture
def poll(real_database, settings, clock):
    with working(real_database, TEAM) as work:
        the_area(work)
        return a_poll(work, settings.keys, questions=(BUS, HELP))


@pytest.fixture
def raw(real_database, poll):
    with working(real_database, NOBODY) as work:
        return boxes(chosen(work, poll, 0, [0, 1]))


def at_once(app, cookies, path, data, times=100):
    """The same form sent by many connections of one browser at the same moment; returns where each was led."""

    def send(_number):
        client = app.test_client()
        for name, value, where in cookies:
            client.set_cookie(name, value, path=where)
        answer = client.post(path, data=data)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(send, range(times)))


def cookies_of(browser, *paths):
    return [
        (cookie.key, cookie.value, cookie.path)
        for key, path in (("pyramid", "/"), *paths)
        if (cookie := browser.client.get_cookie(key, path=path))
    ]


def how_many(database, table):
    with database.reading() as session:
        return len(session.exec(select(table)).all())


def test_a_member_who_presses_a_hundred_times(app, real_database, poll, raw):
    with working(real_database, NOBODY) as work:
        amina = a_member(work)
    browser = Browser(app).sign_in(amina)
    data = {**raw, "csrf_token": browser.csrf()}
    outcomes = at_once(app, cookies_of(browser), f"/polls/{poll.ref}/cast", data)
    assert set(outcomes) == {(303, f"/polls/{poll.ref}/thanks")}
    assert how_many(real_database, Envelope) == how_many(real_database, RollEntry) == 1


def test_a_stranger_whose_phone_sends_a_hundred_times(app, real_database, poll, raw, settings):
    bag = Bag()
    post = Post(real_database, office(settings, bag), bag)
    browser = Browser(app).get(f"/q/{poll.ref}").press("Go on", **raw)
    browser.press("Send me a code", cares="y", first="y", address="new@example.org")
    send_due(real_database.writing, post.office)
    carried = browser.html.split('name="carried" value="')[1].split('"')[0]
    data = {**raw, "carried": carried, "code": post.code_to("new@example.org"), "csrf_token": browser.csrf()}
    outcomes = at_once(app, cookies_of(browser), f"/q/{poll.ref}/cast", data)
    assert set(outcomes) == {(303, f"/q/{poll.ref}/thanks")}
    assert how_many(real_database, Envelope) == how_many(real_database, RollEntry) == 1
    assert how_many(real_database, Person) == 1


def test_four_codes_for_one_new_mailbox_at_once_are_one_person(app, real_database, poll, raw, settings):
    """Four spellings, asked for in four networks: each has a code of its own."""
    bag = Bag()
    post = Post(real_database, office(settings, bag), bag)
    sent = []
    for number, address in enumerate(
        ["new@example.org", "new+a@example.org", "new+b@example.org", "new+c@example.org"]
    ):
        browser = Browser(app)
        browser.client.environ_base["REMOTE_ADDR"] = f"10.7.{number}.9"
        browser.get(f"/q/{poll.ref}").press("Go on", **raw)
        browser.press("Send me a code", cares="y", first="y", address=address)
        send_due(real_database.writing, post.office)
        carried = browser.html.split('name="carried" value="')[1].split('"')[0]
        sent.append((browser, {**raw, "carried": carried, "code": post.code_to(address)}))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda one: one[0].post(f"/q/{poll.ref}/cast", one[1]).status, sent))
    assert done == [200] * 4
    assert how_many(real_database, Person) == how_many(real_database, Envelope) == 1


def answering_at_once(database, poll, people):
    """Each of these people at the same moment, by a connection of her own; what became of each envelope."""

    def answer(person):
        with working(database, acting_as(person)) as work:
            return answering.answer_signed_in(work, poll.id, chosen(work, poll, 0, [0]), CAME)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(answer, people))


def test_two_people_with_one_mailbox_at_once_are_one_answer(real_database, poll):
    with working(real_database, NOBODY) as work:
        people = [a_member(work, "home@example.org"), *(a_member(work, f"own{n}@example.org") for n in range(7))]
        for one in people[1:]:
            (own,) = accounts.queries.list_contact_points(work.session, one.id)
            accounts.add_contact_point(work, one.id, "home@example.org")
            accounts.end_contact_point(work, one.id, own.id, proved=True)
    outcomes = answering_at_once(real_database, poll, people)
    assert sorted(outcomes, key=str) == [None] * 7 + [Cast.FIRST]
    assert how_many(real_database, Envelope) == how_many(real_database, RollEntry) == 1


def test_a_place_that_was_left_is_taken_back_once(real_database, poll):
    with working(real_database, NOBODY) as work:
        left = a_member(work, "home@example.org")
    assert answering_at_once(real_database, poll, [left]) == [Cast.FIRST]
    with working(real_database, NOBODY) as work:
        participation.leave(work, left.id)
        again = a_member(work, "home@example.org")
    assert set(answering_at_once(real_database, poll, [again] * 8)) == {Cast.CHANGED}
    assert how_many(real_database, Envelope) == how_many(real_database, RollEntry) == 1
