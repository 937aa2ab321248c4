"""A chair arranges a meeting, writes its agenda, sends it out, moves it, calls it off; two chairs undo nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role
from pyramid_app.base.errors import Conflict, Invalid, NotAllowed
from pyramid_app.meetings import queries, service
from pyramid_app.meetings.agenda import queries as agendas
from pyramid_app.meetings.agenda import service as agenda
from tests.builders import acting_as
from tests.meetings.conftest import ENDS, LIFT, PLAN, REPORT, SITE, STARTS
from tests.support.statements import counting

WEEK = timedelta(days=7)


def titles(act, meeting):
    with act() as work:
        return [item.title for item in agendas.items_of(work.session, meeting.id)]


def publish(act, chair, meeting):
    with act(chair) as work:
        return service.publish(work, meeting.id, SITE)


def test_two_meetings_of_one_name_and_day_have_two_addresses(act, chair, others):
    with act(chair) as work:
        refs = [service.arrange(work, PLAN).ref for _ in range(3)]
    assert refs == ["spring-meeting-2027-03-18", "spring-meeting-2027-03-18-2", "spring-meeting-2027-03-18-3"]


@pytest.mark.parametrize(
    "plan",
    [replace(PLAN, ends_at=STARTS), replace(PLAN, starts_at=STARTS - 4 * WEEK), replace(PLAN, ends_at=None)],
)
def test_a_meeting_that_ends_before_it_starts_or_is_past_is_refused(act, chair, plan):
    with pytest.raises(Invalid), act(chair) as work:
        service.arrange(work, plan)


def test_only_a_chair_leads(act, meeting, lift, reps, team):
    for other in (acting_as(reps[1]), team):
        for verb in (
            lambda work: service.arrange(work, PLAN),
            lambda work: service.change(work, meeting.id, meeting.version, PLAN, SITE),
            lambda work: service.publish(work, meeting.id, SITE),
            lambda work: service.call_off(work, meeting.id, "Snow.", SITE),
            lambda work: agenda.add(work, meeting.id, REPORT),
            lambda work: agenda.change(work, meeting.id, lift.id, 1, REPORT),
            lambda work: agenda.drop(work, meeting.id, lift.id),
        ):
            with pytest.raises(NotAllowed), act(other) as work:
                verb(work)


def test_the_agenda_goes_to_everybody_in_the_group_once(act, chair, meeting, report, post):
    publish(act, chair, meeting)
    post.deliver()
    assert len(post.letters) - 4 == 12, "four had been told that they belong to the Group"
    letter = post.last_to("hana@example.org")
    assert letter.words.subject == "What we talk about on Thursday 18 March 2027"
    for words in ("Hello Hana.", "Room 2, the Hub", "Childcare: There is a play room.", "(to decide, 20 minutes)",
                  "http://localhost/meetings/spring-meeting-2027-03-18"):  # fmt: skip
        assert words in letter.words.text
    assert "SEND" not in letter.words.subject + letter.words.one_line
    with pytest.raises(Conflict):
        publish(act, chair, meeting)


def test_an_empty_agenda_does_not_go_out(act, chair, meeting):
    with pytest.raises(Conflict):
        publish(act, chair, meeting)


def test_whoever_has_the_agenda_hears_of_another_time_and_not_of_a_better_title(act, chair, meeting, lift, post):
    publish(act, chair, meeting)
    with act(chair) as work:
        one = queries.get_held(work.session, meeting.id)
        one = service.change(work, meeting.id, one.version, replace(PLAN, title="Our spring meeting"), SITE)
        service.change(work, meeting.id, one.version, replace(PLAN, starts_at=STARTS + WEEK, ends_at=ENDS + WEEK), SITE)
    post.deliver()
    told = [one for one in post.to("rep3@example.org") if "Another time or place" in one.words.subject]
    assert len(told) == 1
    assert "Thursday 25 March 2027, 10 am" in told[0].words.text


def test_two_chairs_on_one_plan_clash_and_nothing_is_lost(act, chair, meeting):
    with act(chair) as work:
        service.change(work, meeting.id, 1, replace(PLAN, place="Room 3"), SITE)
    with pytest.raises(Conflict), act(chair) as work:
        service.change(work, meeting.id, 1, replace(PLAN, place="Room 4"), SITE)
    with act() as work:
        assert queries.get_held(work.session, meeting.id).place == "Room 3"


def test_items_move_and_an_old_order_is_refused(act, chair, meeting, lift, report):
    with act(chair) as work:
        version = queries.get_held(work.session, meeting.id).version
        agenda.move(work, meeting.id, report.id, version, up=True)
    assert titles(act, meeting) == [REPORT.title, LIFT.title]
    with pytest.raises(Conflict), act(chair) as work:
        agenda.move(work, meeting.id, report.id, version, up=False)
    with act(chair) as work:
        agenda.move(work, meeting.id, report.id, version + 1, up=True)  # it is the first already
    assert titles(act, meeting) == [REPORT.title, LIFT.title]


def test_two_chairs_on_one_item_clash_on_two_items_they_do_not(act, chair, meeting, lift, report):
    with act(chair) as work:
        agenda.change(work, meeting.id, lift.id, 1, replace(LIFT, words="By June."))
        agenda.change(work, meeting.id, report.id, 1, replace(REPORT, minutes=5))
    with pytest.raises(Conflict), act(chair) as work:
        agenda.change(work, meeting.id, lift.id, 1, replace(LIFT, words="By May."))


def test_an_item_taken_off_is_gone_with_its_interests(act, chair, meeting, lift, reps):
    with act(acting_as(reps[1])) as work:
        agenda.declare(work, meeting.id, lift.id, reps[1].id, "My son goes there.")
    with act(chair) as work:
        agenda.drop(work, meeting.id, lift.id)
    assert titles(act, meeting) == []


def test_a_member_declares_her_own_interest_and_the_chair_anybodys(act, chair, meeting, lift, reps, others, amina):
    with act(acting_as(reps[1])) as work:
        agenda.declare(work, meeting.id, lift.id, reps[1].id, "My son goes there.")
        agenda.declare(work, meeting.id, lift.id, reps[1].id, "My son learns there.")
    with act(chair) as work:
        agenda.declare(work, meeting.id, lift.id, others["hana"], "I work there.")
        (line,) = agendas.lines_of(work.session, meeting.id)
        assert sorted(line.interests) == [("Hana", "I work there."), ("Rep1", "My son learns there.")]
    with pytest.raises(NotAllowed), act(acting_as(reps[1])) as work:
        agenda.declare(work, meeting.id, lift.id, reps[2].id, "She works there.")
    with pytest.raises(Invalid), act(acting_as(amina)) as work:
        agenda.declare(work, meeting.id, lift.id, amina.id, "I live there.")


def test_called_off_everybody_reads_why_and_its_items_come_back_by_themselves(act, chair, meeting, lift, post):
    publish(act, chair, meeting)
    with pytest.raises(Invalid), act(chair) as work:
        service.call_off(work, meeting.id, "", SITE)
    with act(chair) as work:
        service.call_off(work, meeting.id, "The hall is flooded.", SITE)
    post.deliver()
    letter = post.last_to("nell@example.org")
    assert "does not take place" in letter.words.subject
    assert "The hall is flooded." in letter.words.text
    with act(chair) as work:
        later = service.arrange(work, replace(PLAN, starts_at=STARTS + WEEK, ends_at=ENDS + WEEK))
        again = service.arrange(work, replace(PLAN, starts_at=STARTS + 2 * WEEK, ends_at=ENDS + 2 * WEEK))
    assert titles(act, later) == [LIFT.title]
    assert titles(act, again) == [], "each comes back once"
    with pytest.raises(NotAllowed), act(chair) as work:
        agenda.add(work, meeting.id, REPORT)


def test_nothing_of_the_agenda_changes_once_the_meeting_has_begun(act, chair, meeting, lift, clock):
    clock.move_to(STARTS)
    for verb in (
        lambda work: service.change(work, meeting.id, 2, PLAN, SITE),
        lambda work: service.call_off(work, meeting.id, "Snow.", SITE),
        lambda work: agenda.add(work, meeting.id, REPORT),
        lambda work: agenda.drop(work, meeting.id, lift.id),
    ):
        with pytest.raises(NotAllowed), act(chair) as work:
            verb(work)


# On the screen -------------------------------------------------------------------------------------------------------


def test_a_chair_who_is_a_parent_arranges_writes_and_sends_it_out(browser, rosa, others, topic, act):
    browser.sign_in(rosa).get("/me").follow("Meetings of the Group").follow("Arrange a meeting")
    day = {"on-day": "18", "on-month": "3", "on-year": "2027"}
    browser.press("Save", title="Spring meeting", ends="9:00", place="Room 2", **day)
    assert (browser.status, "A meeting ends after it starts." in browser.text) == (422, True)
    assert 'value="Spring meeting"' in browser.html
    browser.press("Save", ends="12:30", interpreter="Ask Sam for BSL.")
    assert browser.path == "/meetings/spring-meeting-2027-03-18/agenda"
    browser.press("Add it", title="A lift", words="x" * 100_000, kind="decide")
    assert (browser.status, "Please make this shorter" in browser.text) == (422, True)
    browser.press("Add it", words="By July.", minutes="20", topic=str(topic.id), brings=str(others["hana"]))
    assert browser.status == 200
    browser.press("Add it", title="The year in figures", kind="hear")
    browser.press("Earlier: The year in figures").press("Send out the agenda")
    assert browser.path == "/meetings/spring-meeting-2027-03-18"
    assert "Thursday 18 March 2027, 10 am to 12.30 pm" in browser.text
    assert "The year in figures to hear, 10 minutes" in browser.text
    assert "A lift to decide, 20 minutes, Hana brings it By July." in browser.text
    assert "It is about: School buses" in browser.text
    assert "Interpreters and signing: Ask Sam for BSL." in browser.text
    assert "All items together: 30 minutes. The meeting has 150." in browser.text


def test_a_clash_shows_both_texts_and_the_second_press_saves(browser, rosa, act, chair, meeting, lift):
    page = browser.sign_in(rosa).get(f"/meetings/{meeting.ref}/agenda/{lift.id}")
    with act(chair) as work:
        agenda.change(work, meeting.id, lift.id, 1, replace(LIFT, words="By June, says the other chair."))
    page.press("Save", words="By May, I say.")
    assert page.status == 409
    assert "By June, says the other chair." in page.text
    assert "By May, I say." in page.text
    page.press("Save", words="By May or June.")
    assert page.status == 200
    with act() as work:
        assert agendas.get_item(work.session, meeting.id, lift.id).words == "By May or June."
    plan = browser.get(f"/meetings/{meeting.ref}/change")
    with act(chair) as work:
        service.change(work, meeting.id, queries.get_held(work.session, meeting.id).version,
                       replace(PLAN, place="Room 9"), SITE)  # fmt: skip
    plan.press("Save", place="Room 7")
    assert (plan.status, "Room 9" in plan.text, 'value="Room 7"' in plan.html) == (409, True, True)


def test_members_see_the_agenda_when_it_is_out_and_families_see_no_door(browser, new_browser, act, chair, meeting, lift,
                                                                         reps, amina, sam):  # fmt: skip
    member, family, officer = new_browser().sign_in(reps[1]), new_browser().sign_in(amina), new_browser()
    officer.sign_in(sam, staff=True)
    paths = ["", "/new", f"/{meeting.ref}", f"/{meeting.ref}/change", f"/{meeting.ref}/agenda", f"/{meeting.ref}/here",
             f"/{meeting.ref}/agenda/{lift.id}", f"/{meeting.ref}/agenda/{lift.id}/decide", f"/{meeting.ref}/close",
             f"/{meeting.ref}/agenda/{lift.id}/interest", f"/{meeting.ref}/boxes", "/ask"]  # fmt: skip
    assert {family.get(f"/meetings{path}").status for path in paths} == {404}
    assert new_browser().get("/meetings").path == "/sign-in"
    member.get(f"/meetings/{meeting.ref}")
    assert "The agenda is being written." in member.text
    assert LIFT.title not in member.text
    assert member.get(f"/meetings/{meeting.ref}/agenda").status == 404
    assert member.get(f"/meetings/{meeting.ref}/agenda/{lift.id}/interest").status == 404
    assert LIFT.title in officer.get(f"/meetings/{meeting.ref}").text
    assert officer.get(f"/meetings/{meeting.ref}/agenda").status == 404
    publish(act, chair, meeting)
    assert LIFT.title in member.get(f"/meetings/{meeting.ref}").text
    member.follow(f"Declare an interest in “{LIFT.title}”").press("Declare it", said="My son goes there.")
    assert "Interest of Rep1: My son goes there." in member.text
    member.press("I can't come")
    assert "Rep1, elected parent: can't come" in member.text
    member.press("I can come after all")
    assert "can't come" not in member.text.partition("Who takes part")[2]


def test_a_chair_who_is_an_officer_needs_no_seat(browser, act, sam, meeting):
    with act() as work:
        accounts.give_role(work, sam.id, Role.CHAIR)
    browser.sign_in(sam).get("/meetings")
    assert browser.link("Arrange a meeting")


def test_the_empty_page_says_what_comes_next(browser, rosa):
    browser.sign_in(rosa).get("/meetings")
    assert "No meeting has a day yet." in browser.text
    assert "No meeting has been held yet." in browser.text


def test_the_page_costs_the_same_for_many_items(browser, rosa, act, chair, meeting):
    def add(how_many):
        with act(chair) as work:
            for number in range(how_many):
                item = agenda.add(work, meeting.id, replace(LIFT, title=f"Item {number}", brings_id=rosa.id))
                agenda.declare(work, meeting.id, item.id, rosa.id, "Mine.")

    browser.sign_in(rosa)
    asked = []
    for how_many in (1, 10):
        add(how_many)
        with counting() as statements:
            browser.get(f"/meetings/{meeting.ref}")
        asked.append(len(statements))
    assert asked[0] == asked[1]
