"""Who is there, what is decided, and that it goes where it belongs: to members, to askers, to the topic's page."""

from datetime import timedelta

import pytest

from pyramid_app.base.errors import Conflict, Invalid, NotAllowed, NotFound
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.agenda import queries as agendas
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda.rules import Word
from pyramid_app.meetings.deciding import queries, service
from pyramid_app.meetings.deciding.rules import Decision, How
from tests.builders import acting_as
from tests.meetings.conftest import ENDS, LIFT, PLAN, REPORT, SITE, STARTS

WEEK = timedelta(days=7)
AGREED = Decision(Word.AGREED, reps_line="We are glad.")


@pytest.fixture
def on(act, chair, meeting, report, clock):
    """The meeting is on."""
    clock.move_to(STARTS + timedelta(minutes=30))
    return meeting


def come(act, chair, meeting, people, how=How.HERE):
    with act(chair) as work:
        service.write_down(work, meeting.id, dict.fromkeys(people, how))


def decide(act, chair, meeting, item, decision, version=None):
    with act(chair) as work:
        seen = version or agendas.get_item(work.session, meeting.id, item.id).version
        return service.decide(work, meeting.id, item.id, seen, decision)


@pytest.fixture
def enough(act, chair, on, reps, others):
    come(act, chair, on, [one.id for one in reps[:4]])
    come(act, chair, on, [others["hana"], others["nell"]], How.ONLINE)


def test_with_enough_people_it_is_decided_and_can_be_mended_until_it_is_closed(act, chair, on, lift, enough):
    decide(act, chair, on, lift, AGREED)
    item = decide(act, chair, on, lift, Decision(Word.WITH_NOTE, "By August."))
    assert (item.decided, item.note) == (Word.WITH_NOTE, "By August.")
    with act(chair) as work:
        service.close(work, on.id, SITE)
    with pytest.raises(NotAllowed):
        decide(act, chair, on, lift, AGREED)


@pytest.mark.parametrize("word", [Word.AGREED, Word.WITH_NOTE, Word.NOT_AGREED])
def test_without_quorum_nothing_can_be_decided(act, chair, on, lift, reps, others, word):
    come(act, chair, on, [one.id for one in reps[:3]])
    come(act, chair, on, others.values())
    with pytest.raises(Invalid) as refused:
        decide(act, chair, on, lift, Decision(word, "Because."))
    assert set(refused.value.fields) == {"word"}
    assert decide(act, chair, on, lift, Decision(Word.HEARD)).decided is Word.HEARD
    assert decide(act, chair, on, lift, Decision(Word.PARKED)).decided is Word.PARKED


def test_whoever_goes_takes_the_quorum_along(act, chair, on, lift, enough, reps):
    decide(act, chair, on, lift, AGREED)
    come(act, chair, on, [reps[3].id], None)
    with pytest.raises(Invalid):
        decide(act, chair, on, lift, Decision(Word.NOT_AGREED, "Because."))


def test_two_chairs_typing_one_decision_clash(act, chair, on, lift, enough):
    decide(act, chair, on, lift, AGREED)
    with pytest.raises(Conflict):
        decide(act, chair, on, lift, Decision(Word.NOT_AGREED, "No."), version=1)


def test_nobody_but_members_is_written_down_and_only_while_it_is_on(act, chair, meeting, lift, reps, amina, clock):
    for verb in (
        lambda work: service.write_down(work, meeting.id, {reps[1].id: How.HERE}),
        lambda work: service.decide(work, meeting.id, lift.id, 1, Decision(Word.HEARD)),
        lambda work: service.close(work, meeting.id, SITE),
    ):
        with pytest.raises(NotAllowed), act(chair) as work:
            verb(work)
    clock.move_to(STARTS)
    with pytest.raises(Invalid):
        come(act, chair, meeting, [amina.id])
    with pytest.raises(NotAllowed):
        come(act, acting_as(reps[1]), meeting, [reps[1].id])


def test_a_member_says_that_she_cant_come_until_it_begins(act, meeting, reps, amina, clock):
    me = acting_as(reps[1])
    with act(me) as work:
        service.cant_come(work, meeting.id)
        service.cant_come(work, meeting.id)
        assert queries.attendance(work.session, meeting.id) == {reps[1].id: How.APOLOGIES}
        service.cant_come(work, meeting.id, after_all=True)
        assert queries.attendance(work.session, meeting.id) == {}
    with pytest.raises(NotFound), act(acting_as(amina)) as work:
        service.cant_come(work, meeting.id)
    clock.move_to(STARTS)
    with pytest.raises(Conflict), act(me) as work:
        service.cant_come(work, meeting.id)


def test_parked_and_what_nobody_came_to_come_back_next_time_by_themselves(act, chair, on, lift, report):
    with act(chair) as work:
        later = meetings.arrange(work, PLAN.__class__("Next", STARTS + WEEK, ENDS + WEEK, "Room 2"))
    decide(act, chair, on, lift, Decision(Word.PARKED, "We need the figures."))
    with act(chair) as work:
        service.close(work, on.id, SITE)
        back = agendas.items_of(work.session, later.id)
        assert [(item.title, item.decided) for item in back] == [(LIFT.title, None), (REPORT.title, None)]
        agenda.drop(work, later.id, back[0].id)
        assert [item.id for item in agendas.waiting(work.session)] == [lift.id], "taken off, it waits again"


def test_every_member_hears_what_came_of_it_and_the_day_of_the_next_word(act, chair, on, lift, enough, post):
    decide(act, chair, on, lift, AGREED)
    with act(chair) as work:
        service.close(work, on.id, SITE)
    post.deliver()
    assert len([one for one in post.letters if "What came of our meeting" in one.words.subject]) == 12
    words = post.last_to("vic@example.org").words
    assert words.subject == "What came of our meeting on Thursday 18 March 2027"
    assert "- A lift for Hill School\n  Agreed\n  The representatives say: We are glad." in words.text
    assert "- The year in figures\n  Parked: it comes back at the next meeting" in words.text
    assert "By Wednesday 24 March 2027 the representatives write" in words.text
    with pytest.raises(NotAllowed), act(chair) as work:
        service.close(work, on.id, SITE)


def test_a_decision_about_a_topic_is_on_its_page_for_everyone_once_closed(
    act, chair, meeting, topic, reps, others, clock, new_browser
):
    with act(chair) as work:
        item = agenda.add(work, meeting.id, LIFT.__class__(LIFT.title, "", 20, LIFT.kind, topic.id))
    clock.move_to(STARTS)
    come(act, chair, meeting, [one.id for one in reps])
    decide(act, chair, meeting, item, Decision(Word.NOT_AGREED, "It costs too much.", "We do not agree."))
    page = new_browser()
    assert "What the Group decided" not in page.get(f"/topics/{topic.ref}").text
    with act(chair) as work:
        service.close(work, meeting.id, SITE)
    public = page.get(f"/topics/{topic.ref}").text
    assert (
        "What the Group decided A lift for Hill School Not agreed: It costs too much."
        " The representatives say: We do not agree. At its meeting on Thursday 18 March 2027."
    ) in public
    assert "The Group talked about this: A lift for Hill School" in public
    assert "Rep" not in public.partition("What the Group decided")[2].partition("At its meeting")[0].replace(
        "The representatives", ""
    ), "no names"


def test_at_the_meeting_the_chair_types_on_one_page_after_the_other(browser, rosa, on, lift, report, reps, others):
    browser.sign_in(rosa).get(f"/meetings/{on.ref}")
    assert "0 of 8 representatives are here. It takes 4 to decide." in browser.text
    browser.follow(f"What came of “{LIFT.title}”")
    assert "Too few people are here to decide." in browser.text
    assert 'value="agreed"' not in browser.html
    browser.post(browser.path, {"word": "agreed", "version": "1"})
    assert (browser.status, "Too few people are here to decide." in browser.text) == (422, True)
    browser.get(f"/meetings/{on.ref}").follow("Write down who is here")
    everybody = [one.id for one in reps[:4]] + [others["hana"]]
    browser.press("Save who is here", **{str(one): "here" for one in everybody}, **{str(others["nell"]): "online"})
    assert "4 of 8 representatives are here: enough to decide." in browser.text
    assert "6 of 12 members of the Group are here: enough to decide." in browser.text
    assert "Nell, health, a body: online" in browser.text
    browser.follow(f"What came of “{LIFT.title}”").press("Save what came of it", word="not agreed")
    assert (browser.status, "Say why not." in browser.text) == (422, True)
    browser.press("Save what came of it", note="There is no money.", reps_line="We ask again in May.")
    assert "Not agreed: There is no money. The representatives say: We ask again in May." in browser.text
    browser.follow("Close the meeting")
    assert "These have no word yet. They come back at the next meeting: The year in figures" in browser.text
    browser.press("Yes, close it")
    assert "Parked: it comes back at the next meeting" in browser.text
    assert "What came of “" not in browser.text


def test_two_chairs_writing_down_who_is_here_do_not_undo_each_other(browser, rosa, act, chair, on, reps):
    page = browser.sign_in(rosa).get(f"/meetings/{on.ref}/here")
    come(act, chair, on, [reps[1].id])
    page.press("Save who is here", **{str(reps[2].id): "online"})
    with act() as work:
        assert queries.attendance(work.session, on.id) == {reps[1].id: How.HERE, reps[2].id: How.ONLINE}
