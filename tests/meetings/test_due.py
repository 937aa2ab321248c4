"""What is due is suggested and goes on with one press; what members ask for has a yes or a reasoned no by a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings import service as planning
from pyramid_app.meetings.agenda import queries as agendas
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda import suggesting
from pyramid_app.meetings.agenda.rules import ItemKind, Word
from pyramid_app.meetings.asking import service
from pyramid_app.meetings.asking.models import AskedItem
from pyramid_app.meetings.asking.rules import Answer
from pyramid_app.meetings.deciding import service as deciding
from pyramid_app.meetings.deciding.rules import Decision
from pyramid_app.outcomes.steps import service as steps
from pyramid_app.outcomes.steps.rules import Draft as StepDraft
from pyramid_app.topics import service as topics
from tests.builders import acting_as
from tests.meetings.conftest import ENDS, PLAN, SITE, STARTS

WEEK = timedelta(days=7)


def due(act):
    with act() as work:
        return [(one.title, one.kind) for one in suggesting.suggestions(work.session, work.now)]


def take(act, chair, meeting, title):
    with act(chair) as work:
        source = next(one.source for one in suggesting.suggestions(work.session, work.now) if one.title == title)
        return agenda.take(work, meeting.id, source)


@pytest.fixture
def late(act, team, topic, clock):
    """A step that was due on 10 March, and it is the 11th."""
    with act(team) as work:
        lift = StepDraft("Put in a lift", "nhs", "head of buildings", date(2027, 3, 10), "A picture")
        steps.add(work, topic.id, lift)
    clock.shift(timedelta(days=10))


@pytest.fixture
def raised(act, topic):
    with act() as work:
        topics.raise_to_reps(work, topic.id)


def test_late_steps_and_raised_topics_are_due_until_they_stand_on_an_agenda(act, chair, meeting, late, raised):
    assert due(act) == [("Put in a lift", ItemKind.HEAR), ("School buses", ItemKind.DECIDE)]
    with act() as work:
        source = suggesting.suggestions(work.session, work.now)[0].source
    item = take(act, chair, meeting, "Put in a lift")
    assert item.topic_id is not None
    assert due(act) == [("School buses", ItemKind.DECIDE)]
    with pytest.raises(Conflict), act(chair) as work:
        agenda.take(work, meeting.id, source)
    with act(chair) as work:
        agenda.drop(work, meeting.id, item.id)
    assert len(due(act)) == 2, "taken off, it is due again"


def test_a_settled_topic_is_not_suggested_again_a_step_still_late_is(act, chair, meeting, late, raised, clock):
    for title in ("Put in a lift", "School buses"):
        take(act, chair, meeting, title)
    clock.move_to(STARTS)
    with act(chair) as work:
        for item in agendas.items_of(work.session, meeting.id):
            deciding.decide(work, meeting.id, item.id, item.version, Decision(Word.HEARD))
        deciding.close(work, meeting.id, SITE)
    assert due(act) == [("Put in a lift", ItemKind.HEAR)]


def test_parked_again_and_again_it_is_never_there_twice(act, chair, meeting, late, raised, clock):
    take(act, chair, meeting, "School buses")
    for week in range(3):
        with act(chair) as work:
            plan = replace(PLAN, title="Next", starts_at=STARTS + (week + 1) * WEEK, ends_at=ENDS + (week + 1) * WEEK)
            following = planning.arrange(work, plan)
        clock.move_to(STARTS + week * WEEK)
        with act(chair) as work:
            deciding.close(work, meeting.id, SITE)
        with act(chair) as work:
            assert [item.title for item in agendas.items_of(work.session, following.id)] == ["School buses"]
        assert due(act) == [("Put in a lift", ItemKind.HEAR)]
        meeting = following


@pytest.mark.parametrize(
    ("counted", "weak"),
    [
        ({"yes": 2, "no": 3}, True),
        ({"yes": 2, "sometimes": 3}, True),
        ({"yes": 2, "no": 2, "not for us": 9}, False),  # four judged it: too few
        ({"yes": 3, "no": 3}, False),  # half is not under half
        ({"no": 4}, False),
    ],
)
def test_under_half_is_said_of_enough_families_only(counted, weak):
    assert suggesting._is_under_half(counted) is weak


@pytest.fixture
def hana(act, others):
    with act() as work:
        from pyramid_app.accounts.models import Person

        return work.session.get_one(Person, others["hana"])


def ask(act, who, title="Taxis to school"):
    with act(acting_as(who)) as work:
        return service.ask(work, title, "Nobody knows who books them.")


def test_a_yes_puts_it_on_that_meeting_and_she_hears_what_came_of_it(act, chair, meeting, hana, clock, post):
    one = ask(act, hana)
    assert one.answer_by_on == date(2027, 3, 15), "ten working days"
    with act(chair) as work:
        service.answer(work, one.id, Answer(True, meeting.id), SITE)
        (item,) = agendas.items_of(work.session, meeting.id)
        assert (item.title, item.asked_by_id) == ("Taxis to school", hana.id)
        assert meetings.get_held(work.session, meeting.id).version == 2
    with pytest.raises(Conflict), act(chair) as work:
        agenda.drop(work, meeting.id, item.id)
    post.deliver()
    letter = post.last_to("hana@example.org").words
    assert letter.text.startswith("You asked that we talk about this: Taxis to school.")
    assert "Thursday 18 March 2027, 10 am" in letter.text
    clock.move_to(STARTS)
    with act(chair) as work:
        deciding.close(work, meeting.id, SITE)
    post.deliver()
    told = post.last_to("hana@example.org").words.text
    assert told.startswith("You asked that we talk about this: Taxis to school.")
    assert "You asked" not in post.last_to("nell@example.org").words.text


def test_a_no_has_a_reason_and_is_said_once(act, chair, meeting, hana, post):
    one = ask(act, hana)
    for empty in (Answer(), Answer(True), Answer(False)):
        with pytest.raises(Invalid), act(chair) as work:
            service.answer(work, one.id, empty, SITE)
    with act(chair) as work:
        service.answer(work, one.id, Answer(False, because="We decided it in May."), SITE)
    with pytest.raises(Conflict), act(chair) as work:
        service.answer(work, one.id, Answer(True, meeting.id), SITE)
    post.deliver()
    assert "We decided it in May." in post.last_to("hana@example.org").words.text


def test_a_yes_names_a_meeting_that_is_still_to_come(act, chair, meeting, hana, clock):
    one = ask(act, hana)
    clock.move_to(STARTS)
    with pytest.raises(Invalid) as refused, act(chair) as work:
        service.answer(work, one.id, Answer(True, meeting.id), SITE)
    assert set(refused.value.fields) == {"meeting"}
    with act() as work:
        assert work.session.get_one(AskedItem, one.id).answered_at is None


def test_only_members_ask_and_only_a_chair_answers(act, amina, hana, reps, meeting, chair):
    with pytest.raises(NotAllowed):
        ask(act, amina)
    one = ask(act, hana)
    with pytest.raises(NotAllowed), act(acting_as(reps[1])) as work:
        service.answer(work, one.id, Answer(False, because="No."), SITE)


def test_a_member_asks_on_the_page_and_lateness_shows(browser, new_browser, hana, rosa, meeting, clock):
    browser.sign_in(hana).get("/meetings").follow("Ask for an item")
    assert "You get a letter by Monday 15 March 2027." in browser.text
    browser.press("Ask for it", title="Taxis to school", words="x" * 100_000)
    assert (browser.status, 'value="Taxis to school"' in browser.html) == (422, True)
    browser.press("Ask for it", words="Nobody knows who books them.")
    assert "You hear a yes or a no by Monday 15 March 2027." in browser.text
    clock.shift(timedelta(days=15))
    assert "We are late. We said you would hear by Monday 15 March 2027." in browser.sign_in(hana).get("/meetings").text
    chair = new_browser().sign_in(rosa).get("/meetings")
    assert "Late: the answer was promised by Monday 15 March 2027." in chair.text
    chair.follow("Hana asks for: Taxis to school").press("Answer", yes="no")
    assert (chair.status, "Say why not." in chair.text) == (422, True)
    chair.press("Answer", yes="yes", meeting=str(meeting.id))
    assert "Nothing. When a member asks for an item, you answer it here." in chair.text
    assert "Yes: it is on the agenda of the meeting on Thursday 18 March 2027." in browser.get("/meetings").text


def test_the_chair_adds_what_is_due_with_one_press(browser, rosa, meeting, late):
    browser.sign_in(rosa).get(f"/meetings/{meeting.ref}/agenda")
    assert "The NHS promised this by Wednesday 10 March 2027. It is late." in browser.text
    browser.press("Put on the agenda: Put in a lift")
    assert "Put in a lift to hear, 10 minutes" in browser.text
    assert "Put on the agenda: Put in a lift" not in browser.buttons()
