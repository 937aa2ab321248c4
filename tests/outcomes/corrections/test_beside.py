"""A correction and what stands beside an answer: partners who see it first, what reps think, searching, its file."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from pyramid_app.base.errors import NotFound
from pyramid_app.base.files import service as files
from pyramid_app.kit.texts import LONDON
from pyramid_app.outcomes import queries, service
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies import queries as asked
from pyramid_app.outcomes.replies import service as replies
from pyramid_app.outcomes.searching.queries import holding
from pyramid_app.outcomes.views import service as views
from pyramid_app.outcomes.views.rules import View
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State
from tests.builders import a_member, acting_as
from tests.outcomes.builders import CANT, DONE, WHY, a_picture, mailboxes

PUBLIC = datetime(2027, 3, 5, 9, tzinfo=LONDON)
"""Published on Monday 1 March: three working days are the partners'."""
MENDED = replace(CANT, reason="It costs ten thousand pounds.")


@pytest.fixture
def waiting(act, team, topic, settings):
    """An answer with a picture that the NHS sees first."""
    with act() as work:
        mailboxes(work)
    with act(team) as work:
        brought = files.bring(settings.files, a_picture(), "bus.jpg", work.now)
        row = files.keep(work, settings.files, brought, "A picture of a bus.")
        return service.publish(work, topic.id, replace(DONE, evidence_file_id=row.id), partners=["nhs"])


def test_what_is_not_public_yet_is_taken_back_not_corrected(act, waiting, mend, browser, sam):
    with pytest.raises(NotFound):
        mend(waiting)
    assert browser.get(f"/outcomes/{waiting.ref}/versions/1").status == 404
    assert browser.sign_in(sam, staff=True).get(f"/desk/outcomes/{waiting.ref}/correct").status == 404


def test_its_picture_is_public_when_it_is_and_until_then_its_words_are_read(
    waiting, browser, new_browser, sam, topic, clock
):
    path = f"/outcomes/files/{waiting.evidence_file_id}"
    desk = browser.sign_in(sam, staff=True).get(f"/topics/{topic.ref}")
    assert "which can be opened once this is public: A picture of a bus." in desk.text
    assert path not in desk.html
    assert new_browser().get(path).status == 404
    clock.move_to(PUBLIC)
    family = new_browser()
    assert path in family.get(f"/topics/{topic.ref}").html
    with family.client.get(path) as answer:
        assert answer.status_code == 200


def test_what_was_taken_back_has_no_page_and_keeps_its_number(act, team, waiting, topic, browser, clock):
    with act(team) as work:
        service.take_back(work, topic.id)
        assert service.publish(work, topic.id, CANT).ref == "school-buses-2"
    clock.move_to(PUBLIC)
    assert browser.get(f"/outcomes/{waiting.ref}/versions/1").status == 404
    assert browser.get(f"/outcomes/files/{waiting.evidence_file_id}").status == 404


def test_corrected_before_the_scheduler_has_moved_its_topic_the_topic_moves_all_the_same(
    act, waiting, mend, topic, clock
):
    clock.move_to(PUBLIC + timedelta(seconds=1))
    mend(waiting, replace(DONE, we_did="Nine drivers."), WHY)
    with act() as work:
        assert topics.get_topic_by_id(work.session, topic.id).state is State.DONE


def test_what_partners_and_representatives_said_of_it_stays_beside_it(act, team, topic, mend, new_browser, clock):
    with act() as work:
        mailboxes(work)
        rep = a_member(work, "rep@example.org", "group", name="Rosa")
    with act(team) as work:
        outcome = service.publish(work, topic.id, CANT, partners=["nhs"], ask_reps=True, address="http://x")
    with act(acting_as(rep)) as work:
        views.say(work, outcome.id, View.DISAGREE, "A text costs nothing.")
    clock.move_to(PUBLIC)
    mend(outcome, MENDED, WHY)
    for path in (f"/topics/{topic.ref}", "/outcomes", "/charter/commitments/9"):
        text = new_browser().get(path).text
        assert "A text costs nothing." in text, path
        assert "With these partners: The NHS." in text, path
        assert "It costs ten thousand pounds." in text, path
        assert CANT.reason not in text, path


def test_a_reply_that_came_after_the_answer_stays_on_the_desk_when_words_are_mended(act, team, topic, mend, clock):
    with act() as work:
        mailboxes(work)
    with act(team) as work:
        outcome = service.publish(work, topic.id, CANT)
    clock.shift(timedelta(hours=1))
    with act(team) as work:
        (ask,) = replies.ask(work, topic.id, ["nhs"], "What can you do?")
    clock.shift(timedelta(hours=1))
    with act(team) as work:
        replies.enter(work, ask.id, "We can pay half.", "an e-mail of today", work.now.date())
    clock.shift(timedelta(hours=1))
    mend(outcome, MENDED, WHY)
    with act() as work:
        assert [one.ask.id for one in asked.on_the_desk(work.session, work.now.date())] == [ask.id]
        assert asked.who_replied(work.session, topic.id) == {"nhs"}


def test_it_is_found_by_what_it_says_now(act, team, topic, publish, mend):
    outcome = mend(publish(CANT), MENDED, WHY)

    def found(typed):
        with act() as work:
            among = col(Outcome.id).in_(holding(work.session, typed))
            return work.session.exec(select(Outcome.id).where(among, *queries.public(work.now))).all()

    assert found("thousand pounds") == [outcome.id]
    assert found("costs too much") == []


def test_an_answer_is_found_by_what_its_picture_shows(act, waiting, clock):
    clock.move_to(PUBLIC)
    with act() as work:
        among = col(Outcome.id).in_(holding(work.session, "picture of a bus"))
        assert work.session.exec(select(Outcome.id).where(among)).all() == [waiting.id]


def test_an_answer_of_a_topic_that_is_part_of_another_now_mends_words_only(act, team, topic, publish, mend):
    outcome = publish(CANT)
    with act(team) as work:
        other = topics_service.start(work, "Transport", outside="No promise.", next_word_on=date(2027, 6, 1))
        topics_service.merge(work, topic.id, other.id)
    mend(outcome, replace(DONE, we_did="Nine drivers."), WHY)
    with act() as work:
        assert topics.get_topic_by_id(work.session, other.id).state is State.HEARD
