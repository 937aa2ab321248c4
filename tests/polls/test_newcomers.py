"""More newcomers than usual: their answers wait, the desk decides by group, and the result says what was set aside."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts.models import Person
from pyramid_app.area import service as area_service
from pyramid_app.ballots.models import Ballot, RollEntry
from pyramid_app.ballots.service import Cast
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Conflict
from pyramid_app.polls.newcomers import service
from pyramid_app.polls.results.models import PollResult
from tests.builders import a_member, an_officer
from tests.polls.builders import CAME, boxes, chosen
from tests.polls.conftest import TEAM
from tests.polls.test_one_mailbox import answers, joins, leaves


@pytest.fixture
def asked(act, poll, clock, run_jobs):
    """A poll that twelve families were asked at its opening; two newcomers a day from one network are usual."""
    with act(TEAM) as work:
        stood = [a_member(work, f"stood{n}@example.org") for n in range(12)]
        area_service.change_settings(work, {"newcomers_a_day_network": 2, "newcomers_a_day": 5}, "for tests")
    run_jobs("invite")
    clock.shift(timedelta(hours=1))
    for person in stood:
        answers(act, poll, person)
    return poll


def newcomers(act, poll, number, network, start=0):
    came = replace(CAME, network=network)
    return [answers(act, poll, joins(act, f"new{start + n}@{network}.org"), 1, came) for n in range(number)]


@pytest.fixture
def sam(act):
    with act() as work:
        return an_officer(work)


def result_of(database, run_jobs, clock, poll):
    clock.move_to(poll.closes_at)
    run_jobs("count")
    with database.reading() as session:
        return session.get_one(PollResult, poll.id)


def test_above_the_budget_of_a_network_an_answer_is_taken_and_waits(act, asked, database):
    assert newcomers(act, asked, 4, "one") == [Cast.FIRST, Cast.FIRST, Cast.WAITS, Cast.WAITS]
    assert newcomers(act, asked, 1, "another") == [Cast.FIRST]
    with database.reading() as session:
        waiting = session.exec(select(RollEntry.network).where(RollEntry.waits)).all()
    assert waiting == ["one", "one"]


def test_above_the_budget_of_the_installation_too(act, asked):
    found = [outcome for n in range(4) for outcome in newcomers(act, asked, 2, f"network{n}")]
    assert found == [*[Cast.FIRST] * 5, *[Cast.WAITS] * 3]


def test_whoever_comes_back_to_a_place_that_waits_changes_it_and_it_waits(act, asked):
    newcomers(act, asked, 2, "one")
    came = replace(CAME, network="one")
    person = joins(act, "again@one.org")
    assert answers(act, asked, person, 0, came) is Cast.WAITS
    leaves(act, person)
    assert answers(act, asked, joins(act, "again@one.org"), 1, replace(CAME, network="two")) is Cast.WAITS_CHANGED


def test_the_page_that_says_thank_you_says_so_and_so_does_the_desk(act, asked, new_browser, sam, run_jobs, database):
    newcomers(act, asked, 5, "one")
    with act() as work:
        raw = boxes(chosen(work, asked, 1, [0]))
    newcomers(act, asked, 1, "two")
    newcomers(act, asked, 2, "three")
    browser = new_browser().sign_in(joins(act, "late@example.org")).get(f"/polls/{asked.ref}/paper")
    browser.press("Go on", **raw).press("Send my answer")
    assert "More new people than usual have answered this question." in browser.text
    assert "You are one of the families we will write back to." not in browser.text
    desk = new_browser().sign_in(sam, staff=True).get("/desk")
    assert "More people than usual have joined to answer “School buses”." in desk.text
    desk.get("/desk/newcomers")
    assert "Group A, waiting: fewer than 5" in desk.text
    assert not {"one", "two", "three"} & set(desk.text.split("wait")[0].split()[-4:])
    assert run_jobs("ring for newcomers") == 1
    assert run_jobs("ring for newcomers") == 0
    with database.reading() as session:
        assert session.exec(select(Ballot.rang_at)).one() is not None


def test_an_officer_counts_one_group_and_sets_the_other_aside(act, asked, new_browser, sam, database, run_jobs, clock):
    newcomers(act, asked, 5, "aaa")
    newcomers(act, asked, 4, "bbb")
    desk = new_browser().sign_in(sam, staff=True).get("/desk/newcomers")
    desk.press("Count these Group A")
    assert (desk.status, "Say why. It is written in the log." in desk.text) == (422, True)
    desk.press("Count these Group A", because="The school told us: a class answered together.")
    assert "Group B" not in desk.text
    desk.press("Set these aside Group A", because="Nobody knows them.")
    assert "Nobody is waiting for you." in desk.text
    with database.reading() as session:
        assert {one.network for one in session.exec(select(RollEntry))} == {None}
        log = [entry for entry in session.exec(select(AuditEntry)) if entry.did.startswith("ballot:newcomers")]
        assert [entry.facts["number"] for entry in log] == [3, 2]
        people = {str(one) for one in session.exec(select(Person.id))} - {str(sam.id)}
        assert not [one for one in people for entry in log if one in str(entry.model_dump())]
    result = result_of(database, run_jobs, clock, asked)
    assert (result.answered, result.set_aside) == (12 + 2 + 3 + 2, 2)


def test_who_still_waits_at_the_count_is_set_aside_and_the_result_says_so(
    act, asked, browser, database, run_jobs, clock
):
    newcomers(act, asked, 9, "one")
    result = result_of(database, run_jobs, clock, asked)
    assert (result.on_roll, result.answered, result.joined_while_open, result.set_aside) == (14, 14, 2, 7)
    browser.get(f"/polls/{asked.ref}/results")
    assert "Not counted, because many more people than usual joined while it was open: 7." in browser.text
    with database.reading() as session:
        entries = session.exec(select(RollEntry)).all()
        assert sum(entry.took_part is True for entry in entries) == 14
        assert not [one for one in entries if one.waits or one.network or one.mark]
        assert session.exec(select(Ballot.rang_at)).one() is not None


def test_after_the_count_has_begun_nothing_is_decided(act, asked, sam, database, run_jobs, clock):
    newcomers(act, asked, 3, "one")
    result_of(database, run_jobs, clock, asked)
    with pytest.raises(Conflict), act(TEAM) as work:
        service.newcomers.decide(work, asked.ballot_id, ["one"], take=True, reason="Too late.")


def test_a_usual_poll_rings_nowhere(act, asked, new_browser, sam, database, run_jobs, clock):
    newcomers(act, asked, 2, "one")
    assert "More people than usual" not in new_browser().sign_in(sam, staff=True).get("/desk").text
    assert result_of(database, run_jobs, clock, asked).set_aside == 0
    with database.reading() as session:
        assert session.exec(select(Ballot.rang_at)).one() is None


def test_many_who_join_at_the_door_come_in_and_ring(act, area, post, new_browser, sam):
    with act(TEAM) as work:
        area_service.change_settings(work, {"newcomers_a_day_network": 2}, "for tests")
    for number in range(3):
        address = f"family{number}@example.org"
        browser = new_browser().get("/join").press("Join", address=address, cares="y", read="y")
        post.deliver()
        browser.press("Join", code=post.code_to(address))
        assert browser.path == "/welcome"
    assert (
        "More people than usual have joined in the last two days."
        in new_browser().sign_in(sam, staff=True).get("/desk").text
    )
