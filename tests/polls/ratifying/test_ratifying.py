"""Families vote on exactly the words of drafts: final, with a quorum set before, shown whole, adopted by the count."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import sqlalchemy.exc

from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.rules import Stage
from pyramid_app.charter.rules import exact
from pyramid_app.polls import queries
from pyramid_app.polls.answering import service as answering
from pyramid_app.polls.answering.room import room_by_ref
from pyramid_app.polls.asking import service as asking
from pyramid_app.polls.asking.drafts import content_of
from pyramid_app.polls.asking.rules import usual_close
from pyramid_app.polls.fairness import service as fairness
from pyramid_app.polls.fairness.queries import looks_of
from pyramid_app.polls.models import DraftVote, Poll
from pyramid_app.polls.ratifying import service
from tests.ballots.builders import a_key
from tests.builders import a_member, acting_as
from tests.charter.builders import NEW_WORDS, a_town, to_the_vote
from tests.polls.builders import CAME, boxes, chosen

YES, NO = 0, 1


@pytest.fixture
def town(act, sam):
    with act() as work:
        return a_town(work, acting_as(sam, Role.LEAD))


@pytest.fixture
def voters(act, town):
    with act() as work:
        return [a_member(work, f"voter{n}@example.org", name=f"Voter {n}") for n in range(6)]


@pytest.fixture
def draft(act, town):
    return to_the_vote(act, town)


@pytest.fixture
def poll(act, team, town, topic, draft, voters, keys):
    return schedule(act, team, town, keys, topic, [draft])


def schedule(act, team, town, keys, topic, chosen_drafts):
    with act(team) as work:
        a_key(work, keys)
        poll = service.propose(work, topic.id, "Shall the bus come in time?", [one.id for one in chosen_drafts])
        content = content_of(queries.paper_of(work.session, poll))
        content = replace(
            content, decided_on=date(2027, 4, 20), next_what="It is in the charter.", next_by=date(2027, 4, 30)
        )
        poll = asking.change(work, poll.id, poll.version, content)
        fairness.ask_to_look(work, poll.id, "http://localhost")
    with act() as work:
        asked = [look.person_id for look in looks_of(work.session, work.session.get_one(Poll, poll.id))]
    for rep in town.reps:
        if rep.id in asked:
            with act(acting_as(rep)) as work:
                fairness.mark(work, poll.id, True, "")
    with act(team) as work:
        poll = work.session.get_one(Poll, poll.id)
        return asking.schedule(work, poll.id, poll.version, None, usual_close(work.now, 28))


def vote(act, poll, person, pick):
    with act(acting_as(person)) as work:
        return answering.answer_signed_in(work, poll.id, chosen(work, poll, pick), CAME)


def count(clock, run_jobs):
    clock.shift(timedelta(days=40))
    run_jobs("count", "decide ratifications")


def test_what_families_said_yes_to_is_the_next_edition_word_for_word(act, poll, draft, voters, clock, run_jobs):
    with act() as work:
        voted_on = drafts.text_of(work.session, work.session.get_one(Draft, draft.id)).promises[0]
    for person in voters[:4]:
        vote(act, poll, person, YES)
    vote(act, poll, voters[4], NO)
    count(clock, run_jobs)
    with act() as work:
        assert work.session.get_one(DraftVote, (poll.id, draft.id)).in_favour == 4
        promise = charter.history_of(work.session, 9)[-1]
        assert (promise.edition, exact(promise.words)) == (2, exact(voted_on))
        assert work.session.get_one(Draft, draft.id).stage is Stage.ADOPTED


def test_more_no_than_yes_and_it_falls_with_the_reason(act, poll, draft, voters, clock, run_jobs, browser):
    vote(act, poll, voters[0], YES)
    for person in voters[1:4]:
        vote(act, poll, person, NO)
    count(clock, run_jobs)
    with act() as work:
        assert charter.current_edition(work.session).number == 1
        fell = work.session.get_one(Draft, draft.id)
        assert (fell.stage, fell.fell_because) == (Stage.FELL, "Not more families said yes than no.")
    page = browser.get(f"/polls/{poll.ref}/results")
    assert "Not adopted. Not more families said yes than no." in page.text


def test_too_few_families_and_it_falls(act, team, poll, voters, clock, run_jobs):
    vote(act, poll, voters[0], YES)
    count(clock, run_jobs)
    with act() as work:
        assert charter.current_edition(work.session).number == 1


def test_few_votes_are_shown_as_they_are(poll, act, voters, clock, run_jobs, browser):
    for person, pick in zip(voters, (YES, YES, YES, NO, None), strict=False):
        vote(act, poll, person, pick)
    count(clock, run_jobs)
    text = browser.get(f"/polls/{poll.ref}/results").text
    assert "Answered: 5." in text
    assert "Adopted. It is in edition 2 of our charter." in text


def test_a_vote_is_final(act, poll, voters, browser):
    vote(act, poll, voters[0], YES)
    with pytest.raises(NotAllowed, match="This vote is final"):
        vote(act, poll, voters[0], NO)
    page = browser.sign_in(voters[0]).get(f"/polls/{poll.ref}/paper")
    assert "You have voted on this already." in page.text


def test_who_joins_later_has_no_vote(act, poll, clock):
    clock.shift(timedelta(days=1))
    with act() as work:
        late = a_member(work, "late@example.org", name="Late")
    with pytest.raises(NotAllowed):
        vote(act, poll, late, YES)


def test_the_paper_shows_both_texts_and_what_the_owner_said(poll, voters, browser):
    text = browser.sign_in(voters[0]).get(f"/polls/{poll.ref}/paper").text
    for words in ("five minutes", "The council can keep it.", "Your vote is final", "Use the new words for promise 9?"):
        assert words in text
    assert NEW_WORDS in text


def test_the_vote_is_walked_in_the_browser(poll, act, voters, browser):
    browser.sign_in(voters[0]).get(f"/polls/{poll.ref}/paper")
    with act() as work:
        raw = boxes(chosen(work, poll, YES))
    browser.press("Go on", **{name: values[0] for name, values in raw.items()})
    assert "Once it is sent, it can’t be changed." in browser.text
    browser.press("Send my answer")
    assert "Your vote is final." in browser.text


def test_yes_no_and_not_sure_make_pages_of_one_size(app, poll, act, voters, browser):
    browser.sign_in(voters[0])
    with act() as work:
        answers = [boxes(chosen(work, poll, pick)) for pick in (YES, NO, None)]
    with app.test_request_context():
        room = room_by_ref(poll.ref)
    ways = [(f"/polls/{poll.ref}/{step}", raw) for raw in [*answers, {}] for step in ("paper", "check")]
    assert {len(browser.post(way, raw).answer.data) for way, raw in ways} == {room}


def test_taken_back_its_draft_is_where_it_was(act, team, poll, draft):
    with act(team) as work:
        fairness.withdraw(work, poll.id, "A mistake.")
    with act() as work:
        again = work.session.get_one(Draft, draft.id)
        assert (again.stage, again.locked_at) == (Stage.HANDS, None)


def test_a_text_changed_behind_our_back_is_never_adopted(act, poll, draft, voters, clock, run_jobs):
    for person in voters[:4]:
        vote(act, poll, person, YES)
    with act() as work:
        postgres = work.session.get_bind().dialect.name == "postgresql"
        drop = "draft_wording_locked ON draft_wording" if postgres else "draft_wording_locked_update"
        work.session.execute(sa.text(f"DROP TRIGGER {drop}"))
        work.session.execute(sa.text("UPDATE draft_wording SET text = 'The bus comes when it comes.'"))
    count(clock, run_jobs)
    with pytest.raises(Conflict, match="not those that families voted on"), act() as work:
        service.decide(work, poll.id)
    with act() as work:
        assert charter.current_edition(work.session).number == 1


def test_the_database_refuses_other_drafts_and_another_quorum(act, poll):
    for statement in (
        "UPDATE poll SET quorum_percent = 1",
        "DELETE FROM poll_draft",
        "UPDATE ballot SET final = NOT final",
    ):
        with pytest.raises(sqlalchemy.exc.DatabaseError), act() as work:
            work.session.execute(sa.text(statement))


def test_two_drafts_of_one_promise_are_not_put_together(act, team, town, topic, draft):
    other = to_the_vote(act, town)
    with pytest.raises(Invalid, match="change promise"), act(team) as work:
        service.propose(work, topic.id, "Both", [draft.id, other.id])


def test_its_questions_cannot_be_written_by_hand(act, team, topic, draft):
    with act(team) as work:
        poll = service.propose(work, topic.id, "Buses", [draft.id])
        content = content_of(queries.paper_of(work.session, poll))
        asking.change(work, poll.id, poll.version, replace(content, questions=()))
        assert len(queries.paper_of(work.session, poll).questions) == 1


def test_the_officer_chooses_drafts_that_are_ready(sam, topic, draft, browser):
    browser.sign_in(sam, staff=True).get("/desk/polls/ratify")
    browser.press("Go on", title="Buses in time", topic=str(topic.id), drafts=str(draft.id))
    assert "This is a vote on the charter." in browser.text
    browser.press("Save", next_what="It is in the charter.")
    assert browser.status == 200
    assert "Use the new words for promise 9?" in browser.text
