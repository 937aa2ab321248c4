"""Before close nobody, in any role, gets anything that depends on an answer: pages are equal to the byte."""

import re

import pytest

from pyramid_app.polls.answering import service as answering
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import CAME, chosen
from tests.polls.conftest import TEAM


@pytest.fixture
def crowd(act, poll):
    with act(TEAM) as work:
        return [a_member(work, f"parent{n}@example.org") for n in range(12)]


def answer(act, poll, people, *picks):
    for person in people:
        with act(acting_as(person)) as work:
            answering.answer_signed_in(work, poll.id, chosen(work, poll, *picks), CAME)


def every_page(new_browser, act, poll, readers):
    """What each reader gets on every page of the product that could speak of a poll."""
    paths = [
        "/", "/polls", f"/polls/{poll.ref}", f"/polls/{poll.ref}/results", f"/polls/{poll.ref}/paper",
        f"/q/{poll.ref}", "/me", "/desk", "/desk/polls", f"/desk/polls/{poll.ref}", f"/desk/polls/{poll.ref}/preview",
        f"/desk/polls/{poll.ref}/schedule", "/topics", "/outcomes", "/charter",
    ]  # fmt: skip
    seen = {}
    for who, (person, staff) in readers.items():
        browser = new_browser()
        if person:
            browser.sign_in(person, staff=staff)
        for path in paths:
            answer = browser.client.get(path)
            html = answer.get_data(as_text=True)
            seen[who, path] = (answer.status_code, re.sub(r'name="csrf_token" value="[^"]*"', "csrf", html))
    return seen


def test_answers_change_no_page_before_close(new_browser, act, poll, crowd, clock):
    with act(TEAM) as work:
        readers = {
            "visitor": (None, False),
            "member": (a_member(work, "reader@example.org"), False),
            "officer": (an_officer(work), True),
            "lead": (an_officer(work, "Lee", "lee@council.example.org", lead=True), True),
        }
    nothing = every_page(new_browser, act, poll, readers)
    answer(act, poll, crowd, 0, [0, 1])
    one_way = every_page(new_browser, act, poll, readers)
    answer(act, poll, crowd, 1, None)
    other_way = every_page(new_browser, act, poll, readers)
    assert nothing == one_way
    assert one_way == other_way
    clock.move_to(poll.closes_at)
    at_close = every_page(new_browser, act, poll, readers)
    # Closed and not yet counted: there is no result for anybody.
    assert {at_close[who, f"/polls/{poll.ref}/results"][0] for who in readers} == {303}


def test_her_own_page_says_only_that_she_has_answered(new_browser, act, poll, crowd):
    first, second = crowd[:2]
    answer(act, poll, [first], 0, [0])
    answer(act, poll, [second], 1, None)
    pages = [new_browser().sign_in(person).get(f"/polls/{poll.ref}/paper") for person in (first, second)]
    texts = [re.sub(r'name="csrf_token" value="[^"]*"', "csrf", page.html) for page in pages]
    assert "You have answered this." in texts[0]
    assert texts[0] == texts[1]
