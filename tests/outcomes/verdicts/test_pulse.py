"""One question each school term to everybody who spoke in a year: did we tell you what happened?"""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from pyramid_app.accounts import service as accounts
from pyramid_app.area import calendar_service
from pyramid_app.area.calendar_rules import DayKind
from pyramid_app.base.actor import system
from pyramid_app.base.work import Begin, working
from pyramid_app.feedback import service as feedback
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.outcomes.verdicts import jobs
from pyramid_app.outcomes.verdicts.models import Pulse
from pyramid_app.outcomes.verdicts.rules import Told
from tests.builders import a_member, the_area
from tests.outcomes.verdicts.builders import BUS, families, speaks
from tests.outcomes.verdicts.test_reopening import at_once

ASK = "ask once a term"
SPRING = date(2027, 3, 25)


@pytest.fixture
def term(act, team):
    with act(team) as work:
        calendar_service.add_period(work, DayKind.TERM, "Spring term", date(2027, 1, 4), SPRING)


@pytest.fixture
def people(act, team, topic):
    return families(act, team, topic.id, 3)


@pytest.fixture
def asked(people, term, clock, run_jobs, post):
    clock.move_to("2027-03-25T10:00:00Z")
    assert run_jobs(ASK) == 3
    post.deliver()


def answers(database):
    with database.reading() as session:
        return {one.person_id: one.answer for one in session.exec(select(Pulse))}


def test_once_at_the_end_of_the_term_to_everybody_who_spoke(act, team, people, term, clock, run_jobs, post, topic):
    with act() as work:
        a_member(work, "silent@example.org")
        unwilling = a_member(work, "unwilling@example.org")
        speaks(work, team, unwilling, topic.id)
        accounts.wish(work, unwilling.id, questions=True, answers=False)
    clock.move_to("2027-03-24T10:00:00Z")
    assert run_jobs(ASK) == 0
    clock.move_to("2027-03-25T10:00:00Z")
    assert [run_jobs(ASK) for _ in range(2)] == [3, 0]
    clock.shift(timedelta(days=5))
    assert run_jobs(ASK) == 0
    post.deliver()
    asked = [one for one in post.letters if one.words.subject == "One question: did we tell you what happened?"]
    assert sorted(one.address for one in asked) == [f"family{n}@example.org" for n in range(3)]
    text = asked[0].words.text
    assert text.startswith(f"You said: “{BUS}”")
    assert "It works until Monday 24 May 2027" in text, "sixty days"


def test_who_spoke_long_ago_is_not_asked(people, act, team, clock, run_jobs):
    clock.move_to("2028-03-10T10:00:00Z")
    with act(team) as work:
        calendar_service.add_period(work, DayKind.TERM, "Spring term", date(2028, 1, 4), date(2028, 3, 10))
    assert run_jobs(ASK) == 0


def test_without_terms_it_is_asked_three_times_a_year(people, clock, run_jobs):
    asked = {}
    for day in ("2027-04-30", "2027-05-01", "2027-06-01", "2027-08-31", "2027-09-01", "2028-01-01", "2028-05-01"):
        clock.move_to(f"{day}T10:00:00Z")
        asked[day] = run_jobs(ASK)
    assert {day for day, number in asked.items() if number} == {"2027-05-01", "2027-09-01", "2028-01-01"}


def test_a_term_that_is_written_down_late_is_not_asked_about(people, act, team, clock, run_jobs):
    clock.move_to("2027-04-20T10:00:00Z")
    with act(team) as work:
        calendar_service.add_period(work, DayKind.TERM, "Spring term", date(2027, 1, 4), SPRING)
    assert run_jobs(ASK) == 0


def test_a_scanner_counts_nothing_one_press_counts_and_a_second_changes_it(asked, post, browser, database, people):
    link = post.link_to("family0@example.org", "v")
    browser.get(link)
    assert "This link was sent to f•••@example.org." in browser.text
    assert set(answers(database).values()) == {None}
    browser.press("Partly")
    assert browser.path == f"{link}/thanks"
    assert answers(database)[people[0].id] is Told.PARTLY
    browser.follow("Change my answer").press("No")
    assert answers(database)[people[0].id] is Told.NO
    assert browser.post(link, {"answer": "perhaps"}).status == 422
    assert answers(database)[people[0].id] is Told.NO


def test_after_sixty_days_it_is_closed(asked, post, browser, clock):
    link = post.link_to("family0@example.org", "v")
    clock.move_to("2027-05-24T09:59:59Z")
    assert browser.get(link).status == 200
    clock.move_to("2027-05-24T10:00:00Z")
    assert browser.get(link).status == 410
    assert browser.post(link, {"answer": "no"}).status == 410


def test_a_link_of_a_term_is_no_verdict_and_the_other_way_round(asked, post, browser):
    link = post.link_to("family0@example.org", "v")
    assert "Did it help?" not in browser.get(link).text
    assert browser.post(link, {"answer": "sometimes"}).status == 422


def test_what_families_say_stands_beside_the_told_rate_by_the_small_number_rules(
    act, team, topic, term, clock, run_jobs, post, browser
):
    many = families(act, team, topic.id, 11)
    clock.move_to("2027-03-25T10:00:00Z")
    assert "We have not asked yet." in browser.get("/how-we-are-doing").text
    run_jobs(ASK)
    with act() as work:
        for person in many[:9]:
            work.session.get_one(Pulse, (SPRING, person.id)).answer = Told.YES
    assert "Fewer than 10 families have told us so far." in browser.get("/how-we-are-doing").text
    with act() as work:
        work.session.get_one(Pulse, (SPRING, many[9].id)).answer = Told.NO
    text = browser.get("/how-we-are-doing").text
    assert "We asked about the term that ended on Thursday 25 March 2027." in text
    assert "Yes 5 or more Partly fewer than 5 No fewer than 5" in text


def test_two_schedulers_ask_once(real_database, clock):
    with working(real_database, system("tests")) as work:
        the_area(work)
        for n in range(5):
            person = a_member(work, f"f{n}@example.org", name=f"F{n}")
            feedback.receive(
                work, about=About.SYSTEM, speaker=Speaker.PARENT_CARER, text="Words.", person_id=person.id
            )  # fmt: skip
    clock.move_to("2027-05-01T10:00:00Z")
    begin = Begin(real_database, "verdicts")
    assert sum(at_once(4, lambda: jobs.ask_pulse(begin))) == 5
    assert len(answers(real_database)) == 5
