"""An answer that names partners is public three working days later: by the clock, everywhere at once, told once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from pyramid_app.base import clock as the_clock
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.kit.texts import LONDON
from pyramid_app.outcomes import queries, service
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.replies import service as replies
from pyramid_app.outcomes.replies.models import PartnerNote
from pyramid_app.outcomes.rules import Answer, Draft
from pyramid_app.outcomes.steps import service as steps
from pyramid_app.outcomes.steps.rules import Draft as Step
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.rules import State
from tests.builders import acting_as
from tests.outcomes.builders import CANT, NHS, SCHOOLS, WORKING, a_voice, day, mailboxes
from tests.support.statements import counting
from tests.support.worlds import every_row

PUBLIC = datetime(2027, 3, 5, 9, tzinfo=LONDON)
"""Published on Monday 1 March: Tuesday, Wednesday and Thursday are the partners'."""
COST = "It costs too much."


@pytest.fixture
def spoken(act, team, topic, amina):
    with act() as work:
        mailboxes(work)
        a_voice(work, team, amina, topic)


@pytest.fixture
def waiting(act, team, topic, spoken):
    """An answer that the NHS and the schools see first."""
    with act(team) as work:
        return service.publish(work, topic.id, CANT, partners=["nhs", "schools"])


def state(act, topic):
    with act() as work:
        return topics.get_topic_by_id(work.session, topic.id).state


def test_it_is_public_by_the_clock_on_every_page_at_once(waiting, new_browser, topic, clock):
    pages = (f"/topics/{topic.ref}", "/outcomes", "/charter/commitments/9", "/")
    clock.move_to(PUBLIC - timedelta(seconds=1))
    for path in pages:
        assert COST not in new_browser().get(path).text, path
    clock.move_to(PUBLIC)
    for path in pages:
        assert COST in new_browser().get(path).text, f"{path}: no job has run, and none is needed"
    text = new_browser().get(f"/topics/{topic.ref}").text
    assert "With these partners: The NHS, Schools and colleges." in text


def test_letters_and_the_topic_wait_for_it_and_come_once(waiting, act, topic, clock, post, run_jobs):
    for _ in range(2):
        run_jobs()
    post.deliver()
    assert [letter for letter in post.to("amina@example.org") if "What came" in letter.words.subject] == []
    assert state(act, topic) is State.HEARD
    clock.move_to(PUBLIC)
    for _ in range(3):
        run_jobs()
    post.deliver()
    (letter,) = [letter for letter in post.to("amina@example.org") if "What came" in letter.words.subject]
    assert COST in letter.words.text
    assert state(act, topic) is State.CANT


def test_nobody_is_told_before_the_topic_has_moved_wherever_the_scheduler_dies(waiting, clock, run_jobs):
    clock.move_to(PUBLIC)
    assert run_jobs("tell what happened") == 0, "it was killed before the topic moved"
    assert run_jobs("make answers public") == 1
    assert run_jobs("make answers public") == 0
    assert run_jobs("tell what happened") == 1


def test_a_topic_that_was_answered_in_time_is_not_called_late(act, team, topic, spoken, clock, run_jobs):
    clock.move_to(datetime(2027, 4, 6, 10, tzinfo=UTC))
    with act(team) as work:
        waiting = service.publish(work, topic.id, CANT, partners=["nhs"])
    assert waiting.published_at == datetime(2027, 4, 12, 9, tzinfo=LONDON)
    clock.move_to(datetime(2027, 4, 13, 10, tzinfo=UTC))
    assert run_jobs("late words") == 0
    assert state(act, topic) is State.CANT


def test_a_topic_whose_day_passes_while_partners_look_is_late(act, team, topic, spoken, clock, run_jobs):
    clock.move_to(datetime(2027, 4, 9, 10, tzinfo=UTC))
    with act(team) as work:
        service.publish(work, topic.id, CANT, partners=["nhs"])
    clock.move_to(datetime(2027, 4, 13, 10, tzinfo=UTC))
    assert run_jobs("late words") == 1


def test_the_partner_sees_it_by_its_link_and_adds_words_that_stand_beside_it(waiting, post, new_browser, topic, clock):
    post.deliver()
    link = post.link_to(NHS, "answer")
    page = new_browser().get(link)
    assert COST in page.text
    assert "It becomes public on Friday 5 March 2027, 9 am." in page.text
    page.press("Put this beside the answer", note="")
    assert (page.status, "Write your answer first." in page.text) == (422, True)
    page.press("Put this beside the answer", note="We pay for half.")
    page.press("Put this beside the answer", note="We pay for a third.")
    assert "Your words are kept" in page.text
    assert "third" not in new_browser().get(f"/topics/{topic.ref}").text
    clock.move_to(PUBLIC)
    assert "The NHS says: We pay for a third." in new_browser().get(f"/topics/{topic.ref}").text
    late = new_browser()
    assert late.post(f"{link}/note", {"note": "Too late."}).status == 410
    assert "This answer is public now" in late.text
    assert "Too late." not in new_browser().get(f"/topics/{topic.ref}").text


def test_a_partner_that_was_asked_finds_it_behind_the_same_link(act, team, topic, spoken, post, new_browser):
    with act(team) as work:
        replies.ask(work, topic.id, ["nhs"], "When?")
    post.deliver()
    link = post.link_to(NHS, "answer")
    new_browser().get(link).press("Send our answer", words="In May.")
    with act(team) as work:
        service.publish(work, topic.id, CANT, partners=["nhs"])
    page = new_browser().get(link)
    assert COST in page.text
    page.press("Put this beside the answer", note="We pay for half.")
    assert "Your words are kept" in page.text


def test_looking_writes_nothing(waiting, post, browser, database):
    post.deliver()
    link = post.link_to(SCHOOLS, "answer")
    before = every_row(database)
    assert browser.get(link).status == 200
    assert every_row(database) == before


def test_the_officer_chooses_sees_it_waiting_and_takes_it_back(
    act, team, topic, spoken, sam, browser, new_browser, post, clock, run_jobs
):
    with act(team) as work:
        replies.ask(work, topic.id, ["nhs"], "When?")
    post.deliver()
    new_browser().get(post.link_to(NHS, "answer")).press("Send our answer", words="In May.")
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
    assert browser.html.count(" checked") == 2, "the kind of answer, and the partner that replied"
    fields = {"answer": "can't", "you_said": "Bus.", "reason": COST, "instead": "A text.", "for_families": "You wait."}
    browser.press("Publish and tell everyone who spoke", **fields)
    assert "Not public yet" in browser.text
    assert "It becomes public on Friday 5 March 2027, 9 am." in browser.text
    assert "School buses Public on Friday 5 March 2027, 9 am." in browser.get("/desk").text
    assert "Families have not heard yet" not in browser.text
    assert "Not public yet" not in new_browser().get(f"/topics/{topic.ref}").text
    post.deliver()
    link = post.link_to(NHS, "answer")
    browser.get(f"/topics/{topic.ref}").press("Take this answer back")
    assert browser.path == f"/desk/topics/{topic.ref}/answer"
    assert "We took this answer back before it was public." in new_browser().get(link).text
    clock.move_to(PUBLIC)
    run_jobs()
    assert COST not in new_browser().get(f"/topics/{topic.ref}").text
    assert state(act, topic) is State.HEARD


def test_what_is_public_cannot_be_taken_back(waiting, act, team, topic, clock):
    clock.move_to(PUBLIC)
    with pytest.raises(Conflict), act(team) as work:
        service.take_back(work, topic.id)


def test_one_answer_waits_at_a_time_and_a_family_takes_none_back(waiting, act, team, topic, amina):
    with pytest.raises(Conflict), act(team) as work:
        service.publish(work, topic.id, CANT)
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.take_back(work, topic.id)
    with act(team) as work:
        service.take_back(work, topic.id)
    with act(team) as work:
        service.publish(work, topic.id, CANT)
    assert state(act, topic) is State.CANT


def test_an_officer_who_answers_while_one_waits_keeps_what_was_written(waiting, topic, sam, browser):
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
    fields = {"answer": "can't", "you_said": "Bus.", "reason": COST, "instead": "A text.", "for_families": "You wait."}
    browser.press("Publish and tell everyone who spoke", **fields)
    assert browser.status == 422
    assert "An answer to this topic waits to become public. Take it back first." in browser.text
    assert COST in browser.html


def test_a_page_asks_the_database_as_often_for_many_partners_as_for_one(act, team, topic, spoken, browser, clock):
    def asked(path):
        with counting() as found:
            browser.get(path)
        return len(found)

    pages = (f"/topics/{topic.ref}", "/outcomes", "/charter/commitments/9")
    with act(team) as work:
        service.publish(work, topic.id, CANT)
    few = [asked(path) for path in pages]
    with act(team) as work:
        replies.ask(work, topic.id, ["nhs", "schools"], "When?")
        for name in ("One", "Two", "Three"):
            steps.add(work, topic.id, Step(name, "nhs", "head of lifts", date(2027, 4, 1), "A picture"))
        service.publish(work, topic.id, CANT, partners=["nhs", "schools"])
    clock.move_to(PUBLIC)
    assert [asked(path) for path in pages] == few


def test_without_partners_it_is_public_at_once(act, team, topic, spoken, browser):
    with act(team) as work:
        outcome = service.publish(work, topic.id, CANT)
        assert outcome.published_at == outcome.moved_at == the_clock.now()
    assert COST in browser.get(f"/topics/{topic.ref}").text


@pytest.mark.parametrize("slug", ["council", "made-up"])
def test_a_partner_that_cannot_see_it_cannot_be_named(act, team, topic, spoken, slug, database):
    with pytest.raises(Invalid) as refused, act(team) as work:
        service.publish(work, topic.id, CANT, partners=["nhs", slug])
    assert set(refused.value.fields) == {"partners"}
    with database.reading() as session:
        assert session.exec(select(Outcome)).all() == []
        assert session.exec(select(PartnerNote)).all() == []


def test_the_next_word_comes_after_the_answer_itself(act, team, topic, spoken):
    draft = Draft(Answer.WORKING, "a", "b", "c", next_word_on=date(2027, 3, 5))
    with pytest.raises(Invalid) as refused, act(team) as work:
        service.publish(work, topic.id, draft, partners=["nhs"])
    assert set(refused.value.fields) == {"next_word_on"}
    with act(team) as work:
        service.publish(work, topic.id, draft)


def test_the_day_of_the_next_word_moves_with_the_topic(act, team, topic, spoken, clock, run_jobs):
    with act(team) as work:
        service.publish(work, topic.id, WORKING, partners=["nhs"])
    clock.move_to(PUBLIC)
    run_jobs("make answers public")
    with act() as work:
        now = topics.get_topic_by_id(work.session, topic.id)
        assert (now.state, now.next_word_on) == (State.WORKING, date(2027, 5, 14))


def test_every_public_query_leaves_out_what_is_not_public(waiting, act, topic, clock):
    def found():
        with act() as work:
            session, now = work.session, work.now
            return [
                len(queries.of_topic(session, topic.id, now)),
                len(queries.newest_of(session, [topic.id], now)),
                len(queries.latest(session, 5, now)),
                queries.how_many(session, now),
                len(queries.to_move(session, now)),
                int(queries.find_waiting(session, topic.id, now) is None),
                int(queries.waiting(session, now) == []),
            ]

    assert found() == [0] * 7
    clock.move_to(PUBLIC)
    assert found() == [1] * 7


def test_the_form_says_in_words_that_the_next_word_would_be_too_early(topic, spoken, sam, browser):
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/answer")
    fields = {"you_said": "a", "we_did": "b", "for_families": "c", "partners": ["nhs"]}
    browser.press("Publish and tell everyone who spoke", **fields, **day("next_word_on", date(2027, 3, 4)))
    assert browser.status == 422
    assert "Choose a later day: this answer becomes public on Friday 5 March 2027." in browser.text
    assert browser.html.count(" checked") == 2, "what was ticked stays ticked"


def test_an_answer_of_a_topic_that_was_merged_meanwhile_does_not_move_the_other(act, team, topic, run_jobs, clock):
    with act() as work:
        mailboxes(work)
    with act(team) as work:
        other = topics_service.start(work, "Drivers", commitments=[9], next_word_on=date(2027, 4, 2))
        service.publish(work, topic.id, CANT, partners=["nhs"])
        topics_service.merge(work, topic.id, other.id)
    clock.shift(timedelta(days=7))
    run_jobs("make answers public")
    with act() as work:
        both = [topics.get_topic_by_id(work.session, one).state for one in (topic.id, other.id)]
        assert both == [State.HEARD, State.HEARD]
        assert [one.state for one in queries.of_topic(work.session, other.id, work.now)] == [State.CANT]
