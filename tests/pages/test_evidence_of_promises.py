"""A promise comes back with its evidence: small numbers stay hidden, late is late, and its day is kept in sight."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.accounts import service as accounts
from pyramid_app.base.actor import Role
from pyramid_app.charter import queries as charter
from pyramid_app.charter.service import Worded, publish_edition
from pyramid_app.kit.disclosure import Count
from pyramid_app.meetings import service as meetings
from pyramid_app.meetings.agenda import service as agenda
from pyramid_app.meetings.agenda import suggesting
from pyramid_app.meetings.agenda.rules import Word
from pyramid_app.meetings.deciding import service as deciding
from pyramid_app.meetings.deciding.rules import Decision
from pyramid_app.outcomes.steps import service as steps
from pyramid_app.outcomes.steps.rules import Draft as StepDraft
from pyramid_app.outcomes.steps.rules import Kept, kept
from pyramid_app.pages.evidence.queries import MONTHS, Span, month_starts, readable
from pyramid_app.topics import service as topics
from tests.builders import a_member, acting_as
from tests.meetings.conftest import ENDS, PLAN, SITE, STARTS
from tests.outcomes.verdicts.builders import speaks
from tests.support import pages
from tests.support.statements import counting

PAGE = "/charter/commitments/9/evidence"
LIST = "/charter/reviews"
CHART = "{http://www.w3.org/2000/svg}svg"
LIFT = StepDraft("Put in a lift", "nhs", "head of buildings", date(2027, 3, 10), "A picture")


@pytest.fixture
def said(act, team):
    """So many families speak about a topic now."""

    def do(topic, number):
        with act() as work:
            person = a_member(work, f"{work.now:%Y%m%d}@example.org")
            for _ in range(number):
                speaks(work, team, person, topic.id)

    return do


@pytest.fixture
def day(act, sam):
    """A new edition in which promise 9 is looked at again on that day, and has two makers."""

    def do(on):
        with act() as work:
            old = charter.current_charter(work.session)
            publish_edition(
                work, "Next.",
                {one.number: Worded(replace(one.words, review_on=on) if one.number == 9 else one.words)
                 for one in old.promises},
            )  # fmt: skip

    return do


def table(browser):
    """What the page's table of messages says, line by line."""
    found = next(one for one in browser.tree.iter("table") if "Messages about" in pages.words(one))
    return {pages.words(row[0]): pages.words(row[1]) for row in found.iter("tr")}


def test_months_stand_there_once_half_of_them_have_numbers_to_show(browser, said, topic, clock):
    clock.move_to(datetime(2026, 10, 1, 10, tzinfo=UTC))
    for month in (10, 11, 12, 1, 2, 3):
        clock.move_to(datetime(2026 if month > 9 else 2027, month, 2, 10, tzinfo=UTC))
        said(topic, 12 if month == 12 else 5)
    browser.get("/charter/commitments/9").follow("Is it kept? All we know about it")
    assert browser.path == PAGE
    shown = table(browser)
    assert len(shown) == MONTHS + 1
    assert shown["April 2026"] == "fewer than 5", "nobody, and one to four, read the same"
    assert (shown["December 2026"], shown["March 2027 (so far)"]) == ("10 or more", "5 or more")
    (picture,) = browser.tree.iter(CHART)
    assert "December 2026: 10 or more messages" in pages.words(picture), "the picture says no more than the table"
    assert "12" not in pages.words(picture).split()


def test_where_months_are_too_small_it_is_three_at_a_time(browser, said, topic, clock):
    for month, number in ((1, 4), (2, 4), (3, 3)):
        clock.move_to(datetime(2027, month, 2, 10, tzinfo=UTC))
        said(topic, number)
    assert table(browser.get(PAGE)) == {
        "Three months": "Messages", "April to June 2026": "fewer than 5", "July to September 2026": "fewer than 5",
        "October to December 2026": "fewer than 5", "January to March 2027 (so far)": "10 or more",
    }  # fmt: skip
    assert "In most months fewer than 5 messages came" in browser.text


def test_few_messages_are_no_numbers_at_all(browser, said, topic):
    said(topic, 4)
    browser.get(PAGE)
    assert "We show no numbers. In no three months did 5 messages come." in browser.text
    assert not list(browser.tree.iter(CHART))


def test_what_was_merged_counts(browser, act, team, said, topic):
    with act(team) as work:
        other = topics.start(work, "Taxis", outside="Not yet.", next_word_on=date(2027, 4, 12))
    said(topic, 2)
    with act() as work:
        person = a_member(work, "else@example.org")
        for _ in range(3):
            speaks(work, team, person, other.id)
    assert "We show no numbers." in browser.get(PAGE).text
    with act(team) as work:
        topics.merge(work, other.id, topic.id)
    assert table(browser.get(PAGE))["January to March 2027 (so far)"] == "5 or more"


def test_a_month_begins_at_midnight_in_london(browser, said, topic, clock):
    clock.move_to(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    said(topic, 5)
    clock.move_to(datetime(2027, 3, 1, 10, tzinfo=UTC))
    shown = table(browser.get(PAGE))
    assert (shown["April to June 2026"], shown["July to September 2026"]) == ("fewer than 5", "5 or more")


def test_steps_are_judged_by_the_day_first_given(browser, act, team, topic, clock):
    with act(team) as work:
        for what in ("On time", "Moved and done", "Moved", "Given up", "Waits"):
            on = date(2027, 4, 20) if what == "Waits" else LIFT.due_on
            step = steps.add(work, topic.id, replace(LIFT, what=what, due_on=on))
            if what == "On time":
                steps.finish(work, step.id, date(2027, 3, 1), "https://x.org/lift")
            if what.startswith("Moved"):
                steps.move(work, step.id, date(2027, 4, 1), "The builder is ill.")
            if what == "Given up":
                steps.stop(work, step.id, "There is no room.")
            if what == "Moved and done":
                moved = step.id
    clock.move_to(datetime(2027, 3, 20, 10, tzinfo=UTC))
    with act(team) as work:
        steps.finish(work, moved, date(2027, 3, 20), "https://x.org/lift")
    text = browser.get(PAGE).text
    for line in (
        "Done by the day we first gave 1", "Done after that day 1", "Not done, and that day is over 1", "Stopped 1",
        "Still to come 1", "First promised by Wednesday 10 March 2027. Now promised by Thursday 1 April 2027.",
        "Done on Saturday 20 March 2027.", "Because: There is no room.", "Read on: School buses",
    ):  # fmt: skip
        assert line in text, line
    clock.move_to(datetime(2028, 4, 20, 10, tzinfo=UTC))
    old = browser.get(PAGE).text
    assert "Given up" not in old, "over a year ago"
    assert "Not done, and that day is over 2" in old, "what is still owed is never too old"


def test_it_says_honestly_when_it_is_looked_at_again(browser, day, clock):
    assert "No day is set to look at this promise again." in browser.get(PAGE).text
    assert "It has never said anything else." in browser.text
    day(date(2028, 3, 1))
    text = browser.get(PAGE).text
    assert "again by Wednesday 1 March 2028. From Monday 31 January 2028 on it waits for the Group's agenda." in text
    assert "From edition 1 to edition 2" in text
    clock.move_to(datetime(2028, 2, 10, tzinfo=UTC))
    assert "again by Wednesday 1 March 2028. It waits for the Group's next agenda." in browser.get(PAGE).text
    clock.move_to(datetime(2028, 3, 2, tzinfo=UTC))
    assert "by Wednesday 1 March 2028. That day is over." in browser.get(PAGE).text


def test_a_promise_that_is_in_no_edition_keeps_its_evidence(browser, act, sam):
    with act() as work:
        publish_edition(work, "None of it.", {})
    assert "This promise is in no edition now, so we don't look at it again." in browser.get(PAGE).text
    assert browser.get("/charter/commitments/999/evidence").status == 404


def test_many_topics_messages_and_steps_ask_no_more_questions(browser, act, team, said, topic):
    said(topic, 1)
    with act(team) as work:
        steps.add(work, topic.id, LIFT)
    with counting() as few:
        assert browser.get(PAGE).status == 200
    with act(team) as work:
        more = [topics.start(work, f"Bus {n}", commitments=[9], next_word_on=date(2027, 4, 12)) for n in range(8)]
        for one in more:
            steps.add(work, one.id, LIFT)
            speaks(work, team, a_member(work, f"{one.ref}@example.org"), one.id)
    with counting() as many:
        assert browser.get(PAGE).status == 200
    assert len(many) == len(few), "\n".join(many)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_there_are_always_twelve_months_and_whole_quarters(today):
    starts = month_starts(today)
    assert starts[-2] <= today < starts[-1]
    assert MONTHS + 1 <= len(starts) <= MONTHS + 3
    assert starts[0].month in {1, 4, 7, 10}


@given(st.lists(st.integers(0, 9), min_size=14, max_size=14))
def test_a_line_is_shown_only_where_enough_of_them_hold_a_number(numbers):
    starts = month_starts(date(2027, 3, 1) - timedelta(days=40))
    spans = [Span(a, b, Count(n)) for a, b, n in zip(starts, starts[1:], numbers, strict=False)]
    found = readable(spans)
    assert not found or any(span.heard >= 5 for span in found)
    if found and len(found) < MONTHS:
        assert sum((span.heard for span in found), Count(0)) == sum((span.heard for span in spans), Count(0))


@pytest.mark.parametrize(
    ("done", "stopped", "first", "what"),
    [
        (date(2027, 3, 1), None, date(2027, 3, 1), Kept.IN_TIME),
        (date(2027, 3, 2), None, date(2027, 3, 1), Kept.AFTER),
        (None, None, date(2027, 2, 28), Kept.NOT_YET),
        (None, None, date(2027, 3, 1), Kept.COMING),
        (None, datetime(2027, 3, 1, tzinfo=UTC), date(2027, 2, 1), Kept.STOPPED),
    ],
)
def test_the_day_itself_is_in_time(done, stopped, first, what):
    assert kept(done, stopped, first, date(2027, 3, 1)) is what


@pytest.fixture
def rep(act, sam):
    with act() as work:
        return a_member(work, "rep@example.org", "group", name="Rep")


@pytest.fixture
def chair(act, rep):
    with act() as work:
        accounts.give_role(work, rep.id, Role.CHAIR)
    return acting_as(rep, Role.CHAIR)


def test_the_list_is_for_the_group_and_the_team(browser, new_browser, rep, amina, sam):
    assert browser.get(LIST).path == "/sign-in"
    for person, status in ((amina, 404), (rep, 200), (sam, 200)):
        one = new_browser()
        one.sign_in(person, staff=person is sam)
        assert one.get(LIST).status == status
        assert ("Promises to look at again" in one.get(PAGE).text) is (status == 200)


def test_the_list_holds_what_is_over_and_what_comes_within_90_days(browser, rep, day, clock):
    browser.sign_in(rep)
    assert "No promise comes back in this time." in browser.get(LIST).text
    day(date(2027, 5, 31))
    assert "By Monday 31 May 2027" not in browser.get(LIST).text, "91 days"
    day(date(2027, 5, 30))
    assert "By Sunday 30 May 2027" in browser.get(LIST).text
    assert "Write a change of promise 9" in browser.text
    clock.move_to(datetime(2027, 5, 31, 10, tzinfo=UTC))
    browser.sign_in(rep)
    assert "The day was Sunday 30 May 2027." in browser.get(LIST).text


def test_an_officer_is_told_kindly_that_a_day_is_part_of_the_words(browser, sam, day):
    browser.sign_in(sam, staff=True)
    day(date(2027, 5, 1))
    text = browser.get(LIST).text
    assert "So it is set as all its words are: in a change that families vote on." in text
    assert "The representatives write it: ask them to give the promise a day." in text
    assert "Write a change of promise" not in text
    assert "8:" in text.split("No day is set")[1]
    assert "9:" not in text.split("No day is set")[1]
    assert not [one for one in browser.buttons() if "day" in one.lower()]


def test_the_item_of_a_review_leads_to_the_evidence_and_that_it_was_heard_stands_there(
    browser, act, rep, chair, day, clock
):
    day(date(2027, 3, 20))
    with act(chair) as work:
        meeting = meetings.arrange(work, PLAN)
        (one,) = suggesting.reviews(work.session, work.now)
        item = agenda.take(work, meeting.id, one.source)
        meetings.publish(work, meeting.id, SITE)
    browser.sign_in(rep)
    browser.get(f"/meetings/{meeting.ref}").follow("What we know about promise 9")
    assert browser.path == PAGE
    assert "by Saturday 20 March 2027. It waits for the Group's next agenda." in browser.text
    clock.move_to(STARTS)
    with act(chair) as work:
        deciding.decide(work, meeting.id, item.id, 1, Decision(Word.HEARD))
    assert "The Group looked at" not in browser.get(PAGE).text, "the meeting is not over"
    with act(chair) as work:
        deciding.close(work, meeting.id, SITE)
    heard = "The Group looked at this promise on Thursday 18 March 2027. It was to do so by Saturday 20 March 2027."
    assert heard in browser.get(PAGE).text
    browser.sign_in(rep)
    browser.get(LIST).follow("Read what came of it: Spring meeting")
    assert browser.path == f"/meetings/{meeting.ref}"


def test_what_was_parked_was_not_looked_at_and_leads_on_from_the_next_agenda(browser, act, rep, chair, day, clock):
    day(date(2027, 3, 20))
    with act(chair) as work:
        meeting = meetings.arrange(work, PLAN)
        (one,) = suggesting.reviews(work.session, work.now)
        agenda.take(work, meeting.id, one.source)
    clock.move_to(STARTS)
    with act(chair) as work:
        deciding.close(work, meeting.id, SITE)
    later = replace(PLAN, title="Next", starts_at=STARTS + timedelta(days=30), ends_at=ENDS + timedelta(days=30))
    with act(chair) as work:
        following = meetings.arrange(work, later)
    assert "The Group looked at" not in browser.get(PAGE).text
    browser.sign_in(rep)
    assert browser.get(f"/meetings/{following.ref}").follow("What we know about promise 9").path == PAGE
