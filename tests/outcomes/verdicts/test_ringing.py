"""A "no" with a number is a call within ten working days; the number goes when we have rung, or after 60 days."""

from datetime import date, timedelta

import pytest

from pyramid_app.area import service as area
from pyramid_app.base.errors import NotAllowed
from pyramid_app.outcomes.verdicts import service
from pyramid_app.outcomes.verdicts.rules import Helped
from pyramid_app.participation import service as participation
from tests.builders import acting_as
from tests.outcomes.verdicts.builders import families, publish, says, verdicts

NUMBER = "020 7946 0000"


@pytest.fixture
def asked(act, team, topic, clock, run_jobs):
    people = families(act, team, topic.id, 2)
    outcome = publish(act, team, topic.id)
    clock.move_to("2027-05-24T10:00:00Z")
    assert run_jobs("ask whether it helped") == 2
    return outcome.id, people


def the_call(database, person):
    return next(one for one in verdicts(database) if one.person_id == person.id)


def test_by_the_page(asked, post, new_browser, sam, database, clock):
    post.deliver()
    family = new_browser().get(post.link_to("family0@example.org", "v"))
    family.press("No", ring="y")
    assert family.status == 422
    assert "Write the number we can ring, like 020 7946 0000." in family.text
    family.press("No", number=NUMBER, ring="y", line="It came at nine.")
    assert "We ring you by Tuesday 8 June 2027." in family.text, "Monday 31 May is a bank holiday"
    assert "02079460000" not in family.get(post.link_to("family0@example.org", "v")).html, "a link shows no number"
    desk = new_browser().sign_in(sam, staff=True).get("/desk")
    desk.follow("Families to ring: 1")
    assert "02079460000 Family 0" in desk.text
    assert "We are late." not in desk.text
    clock.move_to("2027-06-09T10:00:00Z")
    assert "We are late." in desk.sign_in(sam, staff=True).get("/desk/calls").text
    desk.press("I have rung 02079460000")
    assert "Nobody waits for a call." in desk.text
    assert "Families to ring" not in desk.get("/desk").text


def test_the_number_goes_when_we_have_rung_and_the_call_stays(asked, act, team, database, sam):
    outcome_id, (one, _) = asked
    says(act, outcome_id, one, Helped.NO, ring=True, number=NUMBER)
    assert (the_call(database, one).ring_number, the_call(database, one).ring_by_on) == (
        "02079460000",
        date(2027, 6, 8),
    )
    for _ in range(2):
        with act(team) as work:
            service.have_rung(work, outcome_id, one.id)
    call = the_call(database, one)
    assert (call.ring_number, call.called_by_id, call.answer) == (None, sam.id, Helped.NO)


def test_only_the_team_rings(asked, act):
    outcome_id, (one, other) = asked
    says(act, outcome_id, one, Helped.NO, ring=True, number=NUMBER)
    with pytest.raises(NotAllowed), act(acting_as(other)) as work:
        service.have_rung(work, outcome_id, one.id)


def test_another_answer_leaves_the_wish_as_it_was_and_a_tick_takes_it_back(asked, act, database, clock):
    outcome_id, (one, _) = asked
    says(act, outcome_id, one, Helped.NO, ring=True, number=NUMBER)
    clock.shift(timedelta(days=3))
    says(act, outcome_id, one, Helped.SOMETIMES)
    assert the_call(database, one).ring_number
    says(act, outcome_id, one, Helped.NO, ring=True, number="020 7946 0001")
    call = the_call(database, one)
    assert (call.ring_number, call.ring_by_on) == ("02079460001", date(2027, 6, 8)), "the day we promised stays"
    says(act, outcome_id, one, Helped.NO, no_ring=True)
    assert the_call(database, one).ring_number is None


def test_after_sixty_days_a_number_is_gone(asked, act, database, clock, run_jobs):
    outcome_id, (one, other) = asked
    says(act, outcome_id, one, Helped.NO, ring=True, number=NUMBER)
    clock.shift(timedelta(days=20))
    says(act, outcome_id, other, Helped.NO, ring=True, number=NUMBER)
    clock.shift(timedelta(days=40) - timedelta(seconds=1))
    assert run_jobs("forget numbers") == 0
    clock.shift(timedelta(seconds=1))
    assert [run_jobs("forget numbers") for _ in range(2)] == [1, 0]
    assert the_call(database, one).ring_number is None
    assert the_call(database, other).ring_number


def test_an_area_may_promise_another_day(asked, act, database):
    outcome_id, (one, _) = asked
    with act() as work:
        area.change_settings(work, {"ring_working_days": 2}, "we can")
    says(act, outcome_id, one, Helped.NO, ring=True, number=NUMBER)
    assert the_call(database, one).ring_by_on == date(2027, 5, 26)


def test_whoever_leaves_is_not_rung_and_the_number_goes(asked, act, database, browser, sam, run_jobs):
    outcome_id, (one, _) = asked
    says(act, outcome_id, one, Helped.NO, ring=True, number=NUMBER)
    with act() as work:
        participation.leave(work, one.id)
    assert "02079460000" not in browser.sign_in(sam, staff=True).get("/desk/calls").text
    assert [run_jobs("forget numbers") for _ in range(2)] == [1, 0]
    assert the_call(database, one).ring_number is None
