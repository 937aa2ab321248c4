"""What happens next: promised, late, moved with every day in sight, done with what shows it, stopped with a reason."""

from datetime import date, timedelta

import pytest

from pyramid_app.base.errors import Invalid, NotAllowed
from pyramid_app.outcomes.steps import queries, service
from pyramid_app.outcomes.steps.rules import Draft
from tests.builders import acting_as
from tests.outcomes.builders import day

LIFT = Draft("Put in a lift", "nhs", "head of buildings", date(2027, 4, 1), "A picture on our website")


@pytest.fixture
def step(act, team, topic):
    with act(team) as work:
        return service.add(work, topic.id, LIFT)


def test_an_area_that_uses_no_steps_sees_nothing_of_them(browser, topic):
    assert "What happens next" not in browser.get(f"/topics/{topic.ref}").text


def test_an_officer_promises_a_step_and_families_see_who_does_it_by_when(browser, new_browser, sam, topic):
    browser.sign_in(sam, staff=True).get(f"/topics/{topic.ref}").follow("Next steps")
    browser.press("Promise this step", what="Put in a lift")
    assert browser.status == 422
    assert "Write whose job it is" in browser.text
    assert 'value="Put in a lift"' in browser.html
    fields = {"partner": "nhs", "owner_role": "head of buildings", "shown_by": "A picture"}
    browser.press("Promise this step", **fields, **day("due_on", date(2027, 4, 1)))
    assert browser.status == 200
    public = new_browser().get(f"/topics/{topic.ref}").text
    assert "What happens next Put in a lift The NHS, head of buildings By Thursday 1 April 2027." in public
    assert "You will see it by this: A picture" in public


def test_a_late_step_is_called_late_and_stands_on_the_desk(step, browser, new_browser, sam, topic, clock):
    clock.shift(timedelta(days=31))
    assert "Late" not in new_browser().get(f"/topics/{topic.ref}").text, "the day itself is in time"
    clock.shift(timedelta(days=1))
    public = new_browser().get(f"/topics/{topic.ref}").text
    assert "Late: it was promised by Thursday 1 April 2027." in public
    desk = browser.sign_in(sam, staff=True).get("/desk").text
    assert "Next steps that are late or due Put in a lift Late The NHS, head of buildings" in desk


def test_every_day_stays_in_sight_with_its_reason(step, browser, new_browser, sam, topic):
    desk = browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/steps")
    desk.follow("Change the day of “Put in a lift”").press("Promise this day", **day("due_on", date(2027, 5, 4)))
    assert (desk.status, "Say why the day changes." in desk.text) == (422, True)
    desk.press("Promise this day", because="The lift is not there yet.")
    desk.follow("Change the day of “Put in a lift”")
    desk.press("Promise this day", because="Nor now.", **day("due_on", date(2027, 6, 1)))
    public = new_browser().get(f"/topics/{topic.ref}").text
    assert "By Tuesday 1 June 2027." in public
    assert (
        "First promised by Thursday 1 April 2027. "
        "Then by Tuesday 4 May 2027, because: The lift is not there yet. "
        "Then by Tuesday 1 June 2027, because: Nor now."
    ) in public


def test_done_has_a_link_that_shows_it(step, browser, new_browser, sam, topic, clock):
    clock.shift(timedelta(days=40))
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/steps").follow("Done: Put in a lift")
    browser.press("Say that it is done", **day("done_on", date(2027, 3, 30)))
    assert (browser.status, "Give a link that shows it." in browser.text) == (422, True)
    browser.press("Say that it is done", evidence="https://example.org/lift")
    assert browser.path == f"/desk/topics/{topic.ref}/steps"
    public = new_browser().get(f"/topics/{topic.ref}")
    assert "Done on Tuesday 30 March 2027." in public.text
    assert public.link("See for yourself: Put in a lift") == "https://example.org/lift"
    assert "Late" not in public.text
    assert "Put in a lift" not in browser.get("/desk").text


def test_stopped_says_why(step, browser, new_browser, sam, topic):
    browser.sign_in(sam, staff=True).get(f"/desk/topics/{topic.ref}/steps").follow("Stop Put in a lift")
    browser.press("Stop it")
    assert browser.status == 422
    browser.press("Stop it", because="The house is too old.")
    text = new_browser().get(f"/topics/{topic.ref}").text
    assert "It will not happen, because: The house is too old." in text


def test_what_is_settled_stays_as_it_is_also_when_two_officers_settle_it(act, team, step):
    with act(team) as work:
        service.stop(work, step.id, "Too old.")
    for verb in (
        lambda work: service.stop(work, step.id, "Again."),
        lambda work: service.move(work, step.id, date(2027, 9, 1), "Later."),
        lambda work: service.finish(work, step.id, date(2027, 3, 1), "https://x.org"),
    ):
        with pytest.raises(NotAllowed), act(team) as work:
            verb(work)


def test_a_family_promises_nothing_and_an_unknown_partner_does_nothing(act, team, amina, topic):
    with pytest.raises(NotAllowed), act(acting_as(amina)) as work:
        service.add(work, topic.id, LIFT)
    with pytest.raises(Invalid) as refused, act(team) as work:
        service.add(work, topic.id, Draft("a", "made-up", "b", date(2027, 4, 1), "c"))
    assert set(refused.value.fields) == {"partner"}


def test_a_step_is_found_only_under_its_own_topic(browser, sam, step):
    assert browser.sign_in(sam, staff=True).get(f"/desk/topics/other/steps/{step.id}/stop").status == 404


def test_the_desks_list_is_short(act, team, topic, step):
    with act(team) as work:
        service.add(work, topic.id, Draft("Soon", "nhs", "b", date(2027, 3, 8), "c"))
        service.add(work, topic.id, Draft("Later", "nhs", "b", date(2027, 3, 9), "c"))
    with act() as work:
        found = queries.late_steps(work.session, date(2027, 3, 1))
        assert [(one.step.what, one.state) for one in found] == [("Soon", "open")]
        found = queries.late_steps(work.session, date(2027, 4, 2))
        assert [(one.step.what, one.state) for one in found] == [
            ("Soon", "late"), ("Later", "late"), ("Put in a lift", "late"),
        ]  # fmt: skip
