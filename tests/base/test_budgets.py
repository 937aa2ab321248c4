"""Budgets: exactly so much in an hour or a day, however many ask at once; above it, what is refused is counted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from pyramid_app.base.budgets.queries import Reached, count_spent, list_reached
from pyramid_app.base.budgets.rules import AN_HOUR, EVERYBODY, Budget
from pyramid_app.base.budgets.service import forget_old, spend

NOW = datetime(2027, 6, 1, 22, 30, tzinfo=UTC)
DAILY, HOURLY = Budget("letter", 2), Budget("code", 2, AN_HOUR)


def test_a_day_is_londons_and_an_hour_begins_on_the_hour():
    assert DAILY.slot(NOW) == datetime(2027, 5, 31, 23, tzinfo=UTC)
    assert DAILY.slot(NOW + timedelta(hours=1)) == datetime(2027, 6, 1, 23, tzinfo=UTC)
    assert HOURLY.slot(NOW) == datetime(2027, 6, 1, 22, tzinfo=UTC)


def test_a_budget_is_for_one_of_its_askers_and_one_interval(database):
    with database.writing() as session:
        assert [spend(session, HOURLY, "one", NOW) for _ in range(3)] == [True, True, False]
        assert spend(session, HOURLY, "another", NOW)
        assert spend(session, DAILY, "one", NOW)
        assert spend(session, HOURLY, "one", NOW + AN_HOUR)
        assert count_spent(session, HOURLY, "one", NOW) == 2


def test_what_was_refused_is_seen_for_a_week(database):
    with database.writing() as session:
        for whose in ("one", "another"):
            for _ in range(4):
                spend(session, DAILY, whose, NOW)
        spend(session, HOURLY, EVERYBODY, NOW)
        assert list_reached(session, NOW - timedelta(days=1)) == [Reached("letter", DAILY.slot(NOW), 2, 4)]
        assert list_reached(session, NOW) == []
        forget_old(session, NOW + timedelta(days=8))
        assert list_reached(session, NOW - timedelta(days=1)) == []


def test_many_at_once_spend_no_more_than_there_is(real_database):
    def ask(_number):
        with real_database.writing() as session:
            return spend(session, Budget("letter", 5), EVERYBODY, NOW)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(ask, range(20))) == 5
