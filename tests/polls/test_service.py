"""Writing, changing and scheduling a poll; afterwards nothing about it changes through any verb."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.ballots.queries import get_ballot
from pyramid_app.base.actor import NOBODY, Role
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.base.outbox.models import Letter
from pyramid_app.polls import queries
from pyramid_app.polls.asking import service
from pyramid_app.polls.asking.drafts import Content
from pyramid_app.polls.asking.rules import usual_close
from pyramid_app.polls.models import Option, Question
from pyramid_app.polls.paper import digest_of
from pyramid_app.topics.queries import get_topic_by_id
from tests.ballots.builders import a_key
from tests.builders import acting_as, an_officer
from tests.polls.builders import BUS, CONTENT, HELP, a_draft, a_poll, a_topic
from tests.polls.conftest import TEAM

pytestmark = pytest.mark.usefixtures("area")


def test_only_an_officer_begins_a_poll(act):
    with act(TEAM) as work:
        topic = a_topic(work)
    with pytest.raises(NotAllowed), act(NOBODY) as work:
        service.write(work, topic.id, "Buses")


def test_what_is_written_is_there(act, database):
    with act(TEAM) as work:
        poll = a_draft(work, questions=(BUS, HELP))
    with database.reading() as session:
        paper = queries.paper_of(session, queries.get_draft(session, poll.ref))
        assert paper.poll.who_decides == CONTENT.who_decides
        assert [question.text for question in paper.questions] == [BUS.text, HELP.text]
        assert [option.name for option in paper.options[paper.questions[1].id]] == [o.name for o in HELP.options]


def test_a_second_officer_does_not_write_over_the_first(act, database):
    with act(TEAM) as work:
        poll = a_draft(work)
        seen = poll.version
    with act(TEAM) as work:
        service.change(work, poll.id, seen, replace(CONTENT, why="First."))
    with pytest.raises(Conflict, match="Nothing of yours is lost"), act(TEAM) as work:
        service.change(work, poll.id, seen, replace(CONTENT, why="Second."))
    with database.reading() as session:
        assert queries.get_draft(session, poll.ref).why == "First."


def test_writing_again_leaves_no_old_questions_behind(act, database):
    with act(TEAM) as work:
        poll = a_draft(work, questions=(BUS, HELP))
        service.change(work, poll.id, poll.version, CONTENT)
    with database.reading() as session:
        assert len(session.exec(select(Question)).all()) == 1
        assert len(session.exec(select(Option)).all()) == len(BUS.options)


def test_what_is_missing_keeps_it_from_being_scheduled(act, keys):
    with act(TEAM) as work:
        a_key(work, keys)
        poll = a_draft(work, why="", next_by=None)
    with pytest.raises(Invalid) as refused, act(TEAM) as work:
        service.schedule(work, poll.id, poll.version, None, work.now + timedelta(days=14))
    assert set(refused.value.fields) == {"why", "next_by"}


def test_without_a_key_it_says_so(act):
    with act(TEAM) as work:
        poll = a_draft(work)
    with pytest.raises(Conflict, match="no key ready"), act(TEAM) as work:
        service.schedule(work, poll.id, poll.version, None, usual_close(work.now, 14))


def test_scheduling_freezes_it(act, keys, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    with database.reading() as session:
        ballot = get_ballot(session, poll.ballot_id or b"")
        digest = digest_of(queries.paper_of(session, queries.get_draft(session, poll.ref)))
        logged = [e for e in session.exec(select(AuditEntry)) if e.did == "poll:scheduled"]
    assert (ballot.opens_at, ballot.closes_at) == (poll.opens_at, poll.closes_at)
    assert ballot.rules_digest == digest == logged[0].facts["digest"]


def test_after_scheduling_no_verb_changes_anything(act, keys, database):
    with act(TEAM) as work:
        poll = a_poll(work, keys)
    for verb in (
        lambda work: service.change(work, poll.id, poll.version, Content("Another title")),
        lambda work: service.schedule(work, poll.id, poll.version, None, work.now + timedelta(days=3)),
    ):
        with pytest.raises(NotAllowed, match="cannot be changed"), act(TEAM) as work:
            verb(work)
    with database.reading() as session:
        assert queries.get_draft(session, poll.ref).title == "School buses"


def test_an_opening_in_the_past_means_now(act, keys, clock):
    with act(TEAM) as work:
        poll = a_poll(work, keys, opens_at=work.now - timedelta(days=1))
        assert poll.opens_at == work.now


@pytest.mark.parametrize(("promised", "kept"), [(date(2027, 6, 30), date(2027, 4, 30)), (date(2027, 4, 1), None)])
def test_the_topic_hears_by_then_unless_an_earlier_day_is_promised(act, keys, promised, kept):
    with act(TEAM) as work:
        topic = a_topic(work, next_word_on=promised)
        a_poll(work, keys, topic=topic)
        assert get_topic_by_id(work.session, topic.id).next_word_on == (kept or promised)


def test_drafts_do_not_exist_for_families(act, keys, database):
    with act(TEAM) as work:
        draft, ready = a_draft(work, title="Draft"), a_poll(work, keys)
    with database.reading() as session:
        assert [poll.id for poll in queries.list_polls(session, work.now)] == [ready.id]
        assert queries.of_topic(session, draft.topic_id, work.now) == []
        assert {poll.id for poll in queries.list_all(session)} == {draft.id, ready.id}


def test_the_letter_is_tried_on_the_officer_alone(act, post):
    with act(TEAM) as work:
        sam, poll = an_officer(work), a_draft(work)
    with act(acting_as(sam, Role.OFFICER)) as work:
        service.try_letter(work, poll.id, "http://localhost")
        assert [letter.person_id for letter in work.session.exec(select(Letter))] == [sam.id]
    post.deliver()
    words = post.last_to("sam@council.example.org").words
    assert words.subject == "One question for you"
    assert f"http://localhost/desk/polls/{poll.ref}/preview" in words.text
