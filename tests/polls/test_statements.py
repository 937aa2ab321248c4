"""What an evening of many families costs: how often casting, the paper and the result ask the database."""

import pytest

from pyramid_app.polls.answering import service as answering
from tests.builders import a_member, acting_as
from tests.polls.builders import CAME, boxes, chosen
from tests.polls.conftest import TEAM
from tests.support.statements import counting


@pytest.fixture
def amina(act, poll, run_jobs):
    """Somebody who was invited."""
    with act(TEAM) as work:
        person = a_member(work)
    run_jobs("invite")
    return person


@pytest.fixture
def answers(act, poll):
    with act(TEAM) as work:
        return boxes(chosen(work, poll, 0, [0]))


def test_casting_and_changing(browser, poll, amina, answers):
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper")
    sent = {"csrf_token": browser.csrf(), **answers}
    for _first_then_changed in range(2):
        with counting() as asked:
            answer = browser.client.post(f"/polls/{poll.ref}/cast", data=sent)
        assert answer.status_code == 303
        assert len(asked) <= 6, asked


def test_the_paper(browser, poll, amina):
    browser.sign_in(amina).get(f"/polls/{poll.ref}/paper")
    with counting() as asked:
        browser.get(f"/polls/{poll.ref}/paper")
    assert len(asked) <= 5, asked


def test_the_result(browser, act, poll, amina, clock, run_jobs):
    with act(acting_as(amina)) as work:
        answering.answer_signed_in(work, poll.id, chosen(work, poll, 0, [0]), CAME)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    with counting() as asked:
        browser.get(f"/polls/{poll.ref}/results")
    assert len(asked) <= 3, asked
