"""Keeping the calendar, and looking at it on the desk."""

from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from pyramid_app.area import calendar_service, queries
from pyramid_app.area.calendar_rules import DayKind
from pyramid_app.area.rules import Did
from pyramid_app.base import clock as the_clock
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.audit.models import AuditEntry
from pyramid_app.base.errors import Invalid, NotAllowed, NotFound
from pyramid_app.kit.texts import london_date
from pyramid_app.sample.start import lay_sample_calendar
from tests.polls.builders import a_poll

SPRING = (DayKind.TERM, "Spring term", date(2027, 2, 22), date(2027, 3, 26))
EID = (DayKind.RELIGIOUS, "Eid al-Fitr", date(2027, 3, 10), date(2027, 3, 10))


def add(act, team, *what):
    with act(team) as work:
        return calendar_service.add_period(work, *what)


def names(database, since):
    with database.reading() as session:
        return [each.name for each in queries.list_periods(session, since)]


@pytest.fixture
def desk(browser, sam):
    return browser.sign_in(sam, staff=True)


# The verbs


def test_what_is_added_stands_there_in_order_of_its_first_day(act, team, database):
    for what in (EID, SPRING):
        add(act, team, *what)
    assert names(database, date(2027, 1, 1)) == ["Spring term", "Eid al-Fitr"]
    assert names(database, date(2027, 3, 11)) == ["Spring term"]
    assert names(database, date(2027, 3, 26)) == ["Spring term"]
    assert names(database, date(2027, 3, 27)) == []


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (date(2027, 3, 10), date(2027, 3, 11), ["Spring term", "Eid al-Fitr"]),
        (date(2027, 3, 11), date(2027, 4, 1), ["Spring term"]),
        (date(2027, 2, 1), date(2027, 2, 22), []),
        (date(2027, 2, 1), date(2027, 2, 23), ["Spring term"]),
    ],
)
def test_between_two_days_the_second_does_not_count(act, team, database, start, end, found):
    for what in (SPRING, EID):
        add(act, team, *what)
    with database.reading() as session:
        assert [each.name for each in queries.periods_between(session, start, end)] == found


def test_what_is_removed_is_gone_and_the_log_keeps_what_it_was(act, team, database):
    period = add(act, team, *EID)
    with act(team) as work:
        calendar_service.remove_period(work, period.id)
    assert names(database, date(2027, 1, 1)) == []
    with database.reading() as session:
        subject = f"calendar:{period.id}"
        log = session.exec(select(AuditEntry).where(AuditEntry.subject == subject).order_by(col(AuditEntry.id))).all()
    assert [entry.did for entry in log] == [Did.PERIOD_ADDED, Did.PERIOD_REMOVED]
    assert log[1].facts == {
        "kind": "religious day", "name": "Eid al-Fitr", "from_on": "2027-03-10", "until_on": "2027-03-10",
    }  # fmt: skip


def test_the_same_is_written_once(act, team):
    add(act, team, *EID)
    with pytest.raises(Invalid) as refused:
        add(act, team, *EID)
    assert list(refused.value.fields) == ["name"]


def test_what_does_not_fit_is_refused(act, team, database):
    with pytest.raises(Invalid) as refused:
        add(act, team, "party", "", date(2027, 3, 10), date(2027, 3, 9))
    assert set(refused.value.fields) == {"kind", "name", "until_on"}
    assert names(database, date(2020, 1, 1)) == []


def test_nobody_else_may(act, team):
    period = add(act, team, *EID)
    with pytest.raises(NotAllowed), act(NOBODY) as work:
        calendar_service.add_period(work, *SPRING)
    with pytest.raises(NotAllowed), act(NOBODY) as work:
        calendar_service.remove_period(work, period.id)
    with pytest.raises(NotFound), act(team) as work:
        calendar_service.remove_period(work, uuid4())


def test_the_sample_fills_two_school_years(act, database, sam):
    with act() as work:
        lay_sample_calendar(work)
    found = names(database, date(2026, 8, 1))
    assert "Spring term, first half (sample)" in found
    assert all(name.endswith("(sample)") for name in found)


# On the desk


def test_an_empty_calendar_says_what_comes_next_and_shows_bank_holidays(desk):
    desk.get("/desk").follow("Calendar")
    assert (desk.path, desk.status) == ("/desk/calendar", 200)
    assert "No school terms yet. Add them first" in desk.text
    assert "March 2027" in desk.text
    assert "February 2028" in desk.text
    assert "Good Friday · Bank holiday Friday 26 March 2027" in desk.text
    assert "April 2027 Nothing yet." in desk.text


def test_an_officer_adds_a_term_sees_it_month_by_month_and_removes_it(desk):
    desk.get("/desk/calendar").follow("Add to the calendar")
    desk.press(
        "Add it", kind="school term", name="Spring term",
        **{"from_on-day": "22", "from_on-month": "2", "from_on-year": "2027"},
        **{"until_on-day": "1", "until_on-month": "4", "until_on-year": "2027"},
    )  # fmt: skip
    assert (desk.path, desk.status) == ("/desk/calendar", 200)
    assert "Spring term · School term Monday 22 February 2027 to Thursday 1 April 2027" in desk.text
    assert "April 2027 Spring term goes on until Thursday 1 April 2027." in desk.text
    assert "No school terms yet" not in desk.text
    desk.press("Remove Spring term")
    assert (desk.path, desk.status) == ("/desk/calendar", 200)
    assert "Spring term" not in desk.text


def test_a_last_day_that_is_left_empty_is_the_first_day(desk):
    desk.get("/desk/calendar/new").press(
        "Add it", kind="religious day", name="Eid <b>al-Fitr</b>",
        **{"from_on-day": "10", "from_on-month": "3", "from_on-year": "2027"},
    )  # fmt: skip
    assert "Eid <b>al-Fitr</b> · Religious day Wednesday 10 March 2027" in desk.text


def test_what_does_not_fit_stays_in_its_boxes_with_the_reason_beside_it(desk):
    desk.get("/desk/calendar/new").press(
        "Add it", kind="school term", name="",
        **{"from_on-day": "22", "from_on-month": "2", "from_on-year": "2027"},
        **{"until_on-day": "1", "until_on-month": "2", "until_on-year": "2027"},
    )  # fmt: skip
    assert desk.status == 422
    assert "Write its name, like Spring term." in desk.text
    assert "The last day must not come before the first." in desk.text
    assert 'href="#until_on-day"' in desk.html
    assert 'value="22"' in desk.html


@pytest.mark.parametrize("day", ["31", "x", "", "99999999999999999999", "-1"])
def test_a_day_that_is_none_is_said_in_words(desk, day):
    desk.get("/desk/calendar/new").press(
        "Add it", kind="school term", name="Spring",
        **{"from_on-day": day, "from_on-month": "2", "from_on-year": "2027"},
    )  # fmt: skip
    assert desk.status == 422
    assert "This must be a real date, like 27 3 2027." in desk.text


def test_a_form_made_by_hand_is_refused_in_words(desk):
    desk.post("/desk/calendar/new", {"kind": "party"})
    assert desk.status == 422
    assert "Choose what it is." in desk.text


def test_removing_twice_is_removing_once(desk):
    desk.post(f"/desk/calendar/{uuid4()}/remove", {})
    assert (desk.path, desk.status) == ("/desk/calendar", 200)


def test_what_is_booked_stands_there_and_says_when_the_calendar_speaks_against_it(desk, act, team, settings):
    now = the_clock.now()
    with act(team) as work:
        a_poll(work, settings.keys, title="Open now")
    with act(team) as work:
        a_poll(work, settings.keys, title="Soon", opens_at=now + timedelta(days=20))
    opens_on = london_date(now + timedelta(days=20))
    add(act, team, DayKind.RELIGIOUS, "A holy day", opens_on, opens_on)
    text = desk.get("/desk/calendar").text
    assert "Open now · Question to families Monday 1 March 2027 to " in text
    assert "It would open on a religious day: A holy day, Sunday 21 March 2027." in text
    assert desk.follow("Soon").path.startswith("/polls/")


@contextmanager
def counting():
    asked = []

    def watch(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", watch)
    yield asked
    sa.event.remove(sa.Engine, "before_cursor_execute", watch)


def test_ten_are_asked_for_as_often_as_one(desk, act, team):
    add(act, team, *SPRING)
    with counting() as few:
        desk.get("/desk/calendar")
    for number in range(10):
        add(act, team, DayKind.OTHER, f"Date {number}", date(2027, 5, 1), date(2027, 5, 2))
    with counting() as many:
        desk.get("/desk/calendar")
    assert len(many) == len(few)


def test_an_entry_after_these_months_can_be_seen_and_removed(desk, act, team):
    add(act, team, DayKind.TERM, "A later term", date(2028, 9, 4), date(2028, 10, 20))
    desk.get("/desk/calendar").press("Remove A later term")
    assert "A later term" not in desk.text
