"""A consultation: what is proposed, and how the answers were considered, before it is over."""

from datetime import date

import pytest

from pyramid_app.base.errors import Conflict, Invalid, NotFound
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.considering import service
from pyramid_app.polls.considering.queries import not_considered
from pyramid_app.polls.considering.rules import PointDraft
from pyramid_app.polls.queries import paper_of
from pyramid_app.polls.rules import PollKind
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import BUS, CAME, HELP, a_draft, a_poll, chosen
from tests.polls.conftest import TEAM

pytestmark = pytest.mark.usefixtures("area")

PROPOSING = {
    "kind": PollKind.CONSULTATION,
    "proposal": "One bus less from September, because fewer children use it.",
    "considered": "A smaller bus. A later start.",
}


@pytest.fixture
def counted(act, keys, clock, run_jobs):
    """A consultation with two questions, answered by twelve families."""
    with act(TEAM) as work:
        poll = a_poll(work, keys, questions=(BUS, HELP), **PROPOSING)
        people = [a_member(work, f"family{n}@example.org") for n in range(12)]
    for person in people:
        with act(acting_as(person)) as work:
            answering.answer_signed_in(work, poll.id, chosen(work, poll, 0, [0]), CAME)
    clock.move_to(poll.closes_at)
    run_jobs("count")
    return poll


def points(work, poll, *, answers=("We keep the early bus.", "There is no money for it.")):
    questions = paper_of(work.session, poll).questions
    return [
        PointDraft(f"Point {n}", answer, changed=n == 0, question_id=question.id)
        for n, (question, answer) in enumerate(zip(questions, answers, strict=True))
    ]


def test_it_cannot_be_scheduled_before_families_can_know_what_is_proposed(act, keys):
    with act(TEAM) as work:
        poll = a_draft(work, kind=PollKind.CONSULTATION)
    with pytest.raises(Invalid) as refused, act(TEAM) as work:
        asking.schedule(work, poll.id, poll.version, None, poll.written_at)
    assert {"proposal", "considered"} <= set(refused.value.fields)


def test_families_read_what_is_proposed(browser, act, keys):
    with act(TEAM) as work:
        poll = a_poll(work, keys, **PROPOSING)
    browser.get(f"/polls/{poll.ref}")
    for words in ("Consultation", PROPOSING["proposal"], PROPOSING["considered"]):
        assert words in browser.text


def test_it_is_over_when_every_question_has_its_answer(browser, act, counted, run_jobs, post, database):
    with act(TEAM) as work:
        sam = an_officer(work)
        assert [poll.id for poll in not_considered(work.session, counted.topic_id)] == [counted.id]
    browser.sign_in(sam, staff=True).get(f"/polls/{counted.ref}").follow("Write how you considered this")
    browser.press("Publish it, and tell everyone who answered", **{"points-0-said": "The early bus matters"})
    assert browser.status == 422
    assert "Say what came of this point" in browser.text
    assert "The early bus matters" in browser.html
    browser.press("Save", **{"points-0-answer": "We keep it.", "points-0-changed": "yes"})
    browser.press("Publish it, and tell everyone who answered")
    assert "No point is about this question: “What would help?”" in browser.text
    browser.press("One more point")
    last = {"points-1-said": "Texts would help", "points-1-answer": "From May you get one.", "points-1-changed": "yes"}
    with act(TEAM) as work:
        last["points-1-question"] = str(paper_of(work.session, counted).questions[1].id)
    browser.press("Publish it, and tell everyone who answered", **last)
    assert browser.path == f"/polls/{counted.ref}/results"
    bus = browser.text.index("How is the bus in the morning?")
    helps = browser.text.index("What would help?")
    assert bus < browser.text.index("Families said: The early bus matters") < helps
    assert browser.text.index("Families said: Texts would help") > helps
    assert run_jobs("tell considered") == 12
    assert run_jobs("tell considered") == 0
    post.deliver()
    assert "We changed it: We keep it." in post.last_to("family0@example.org").words.text
    with act(TEAM) as work:
        assert not_considered(work.session, counted.topic_id) == []


def test_points_that_are_not_published_are_seen_by_nobody(browser, act, counted):
    with act(TEAM) as work:
        service.consider(work, counted.id, points(work, counted), publish=False)
    assert "Point 0" not in browser.get(f"/polls/{counted.ref}/results").text


def test_once_and_only_after_the_count(act, keys, counted):
    with act(TEAM) as work:
        service.consider(work, counted.id, points(work, counted), publish=True)
    with pytest.raises(Conflict), act(TEAM) as work:
        service.consider(work, counted.id, points(work, counted), publish=True)
    with act(TEAM) as work:
        still_open = a_poll(work, keys, title="Open", next_by=date(2027, 7, 1), **PROPOSING)
        plain = a_poll(work, keys, title="Plain", next_by=date(2027, 7, 1))
    with pytest.raises(Conflict), act(TEAM) as work:
        service.consider(work, still_open.id, points(work, still_open, answers=("x",)), publish=True)
    with pytest.raises(NotFound), act(TEAM) as work:
        service.consider(work, plain.id, [], publish=True)


def test_nothing_said_is_not_considered(act, counted):
    with pytest.raises(Invalid), act(TEAM) as work:
        service.consider(work, counted.id, [], publish=True)
