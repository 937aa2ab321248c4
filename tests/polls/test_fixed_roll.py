"""A lead may fix the roll of any question: who joins after it has opened is told so, everywhere, and has no way in."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import select

from pyramid_app.ballots.models import Ballot, RollEntry
from pyramid_app.ballots.rules import Roll
from pyramid_app.base.actor import Role
from pyramid_app.base.errors import NotAllowed
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import digest_of
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as, an_officer
from tests.polls.builders import CAME, a_draft, a_poll, boxes, chosen
from tests.polls.conftest import TEAM

pytestmark = pytest.mark.usefixtures("area")
ONLY = "This question is only for families who joined before"


@pytest.fixture
def fixed(act, keys, clock):
    """A question that opened an hour ago, somebody who was here then, and somebody who came since."""
    with act(TEAM) as work:
        early = a_member(work, "early@example.org")
        poll = a_poll(work, keys, roll=Roll.FIXED)
    clock.shift(timedelta(hours=1))
    with act(TEAM) as work:
        late = a_member(work, "late@example.org")
    return poll, early, late


def test_a_lead_decides_when_she_schedules_and_an_officer_reads_what_is_decided(act, keys, browser, database):
    with act(TEAM) as work:
        lead, sam = an_officer(work, "Ada", "ada@council.example.org", lead=True), an_officer(work)
        first, second = a_draft(work), a_draft(work, title="Second")
        a_key(work, keys)
        a_key(work, keys)
    browser.sign_in(sam, staff=True).get(f"/desk/polls/{first.ref}/schedule")
    assert 'name="roll"' not in browser.html
    assert "Who can answer: Anyone who joins before it closes." in browser.text
    browser.press("Schedule it", roll="fixed")
    browser.sign_in(lead, staff=True).get(f"/desk/polls/{second.ref}/schedule").press("Schedule it", roll="fixed")
    assert ONLY in browser.get(f"/polls/{second.ref}").text
    assert ONLY not in browser.get(f"/polls/{first.ref}").text
    with database.reading() as session:
        rolls = {poll.title: session.get_one(Ballot, poll.ballot_id).roll for poll in session.exec(select(Poll))}
        assert rolls == {"School buses": Roll.OPEN, "Second": Roll.FIXED}


def test_no_officer_fixes_a_roll_and_nobody_opens_that_of_a_vote(act, keys):
    with act(TEAM) as work:
        sam, draft, vote = an_officer(work), a_draft(work), a_draft(work, title="Vote", roll=Roll.FIXED)
        vote.quorum_percent = 10
        a_key(work, keys)
    until = draft.written_at + timedelta(days=14, hours=4)
    with pytest.raises(NotAllowed, match="Only a lead"), act(acting_as(sam, Role.OFFICER)) as work:
        asking.schedule(work, draft.id, draft.version, None, until, roll=Roll.FIXED)
    with pytest.raises(NotAllowed, match="vote on the charter"), act(acting_as(sam, Role.LEAD)) as work:
        asking.schedule(work, vote.id, vote.version, None, until, roll=Roll.OPEN)


def test_it_is_frozen_with_the_rules(act, fixed, database):
    poll, _, _ = fixed
    with database.reading() as session:
        stored = session.get_one(Poll, poll.id)
        paper = queries.paper_of(session, stored)
        frozen = session.get_one(Ballot, poll.ballot_id).rules_digest
        assert digest_of(paper) == frozen
        session.expunge(stored)
        stored.roll = Roll.OPEN
        assert digest_of(paper) != frozen
    with pytest.raises(DatabaseError, match="frozen since it was scheduled"), act(TEAM) as work:
        work.session.get_one(Poll, poll.id).roll = Roll.OPEN
    with pytest.raises(NotAllowed, match="scheduled"), act(TEAM) as work:
        asking.change(work, poll.id, poll.version, asking.content_of(queries.paper_of(work.session, poll)))


def test_it_says_so_wherever_somebody_meets_it(fixed, browser, new_browser):
    poll, early, _ = fixed
    for page in (f"/polls/{poll.ref}", f"/q/{poll.ref}", f"/polls/{poll.ref}/share"):
        assert ONLY in new_browser().get(page).text
    stranger = new_browser().get(f"/q/{poll.ref}")
    assert "If you did, carry on. Not joined yet? Join, and we will ask you next time." in stranger.text
    assert ONLY in browser.sign_in(early).get(f"/polls/{poll.ref}/paper").text
    assert "Not joined yet?" not in browser.text
    pack = new_browser().get(f"/polls/{poll.ref}/share").html
    assert pack.count(ONLY) >= 3, "the page, the newsletter and WhatsApp"


def test_somebody_who_joined_before_answers_without_a_sign_in(act, fixed, new_browser, post):
    poll, _, _ = fixed
    page = by_code(act, poll, new_browser(), post, "early@example.org")
    assert "Your answer is in." in page.text


def test_no_door_is_open_to_somebody_who_joined_later(act, fixed, new_browser, post, database, run_jobs):
    poll, _, late = fixed
    run_jobs("invite")
    by_hand = new_browser().sign_in(late).get(f"/polls/{poll.ref}/paper")
    assert ONLY in by_hand.text
    assert "Go on" not in by_hand.text
    with pytest.raises(NotAllowed, match="only for families"), act(acting_as(late)) as work:
        answering.answer_signed_in(work, poll.id, chosen(work, poll, 0), CAME)
    for address in ("late@example.org", "stranger@example.org"):
        page = by_code(act, poll, new_browser(), post, address)
        assert ONLY in page.text
        assert "Join, and we will ask you next time" in page.text
    with database.reading() as session:
        on_roll = session.exec(select(RollEntry.person_id).where(RollEntry.ballot_id == poll.ballot_id)).all()
        assert len(on_roll) == 1


def by_code(act, poll, browser, post, address: str):
    with act(TEAM) as work:
        raw = boxes(chosen(work, poll, 0))
    browser.get(f"/q/{poll.ref}").press("Go on", **raw)
    browser.press("Send me a code", cares="y", first="y", address=address)
    post.deliver()
    return browser.press("Send my answer", code=post.code_to(address))
