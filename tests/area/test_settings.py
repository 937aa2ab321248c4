"""Settings as they stand at an instant, and how they came to be."""

from datetime import timedelta

import pytest

from pyramid_app.area import queries, service
from pyramid_app.area.settings import AreaSettings
from pyramid_app.base import clock as the_clock
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.errors import Invalid, NotAllowed


def read(database, ago=timedelta()):
    with database.reading() as session:
        return queries.settings_of(session, the_clock.now() - ago)


def changes(database, name=None):
    with database.reading() as session:
        return queries.history(session, name)


def test_without_rows_the_defaults_hold(database, clock):
    assert read(database) == AreaSettings()


def test_the_newest_change_holds_and_older_moments_keep_theirs(act, database, clock):
    for days in (20, 30):
        with act() as work:
            service.change_settings(work, {"poll_days": days}, "to try")
        clock.shift(timedelta(days=1))
    assert read(database).poll_days == 30
    assert read(database, timedelta(days=2)).poll_days == 20
    assert read(database, timedelta(days=3)).poll_days == 14


def test_only_what_differs_is_written(act, database):
    with act() as work:
        assert service.change_settings(work, {"name": "Testborough", "poll_days": 14}, "first") == ["name"]
        assert service.change_settings(work, {"name": "Testborough"}, "again") == []
    assert [change.name for change in changes(database)] == ["name"]


def test_the_history_says_who_when_from_what_to_what_and_why(act, database, clock):
    with act() as work:
        service.change_settings(work, {"team": "Families team", "poll_days": 21}, "parents asked for it")
    clock.shift(timedelta(hours=1))
    with act() as work:
        service.change_settings(work, {"poll_days": 28}, "and again")
    newest, *others = changes(database)
    assert (newest.name, newest.old, newest.new, newest.why) == ("poll_days", 21, 28, "and again")
    assert {(c.name, c.old, c.new) for c in others} == {("team", "SEND team", "Families team"), ("poll_days", 14, 21)}
    assert [c.new for c in changes(database, "poll_days")] == [28, 21]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"poll_days": 0}, "{least} or more"),
        ({"poll_days": 91}, "{most} or less"),
        ({"poll_days": None}, "whole number"),
        ({"brand_colour": "blue"}, "#1d70b8"),
        ({"brand_colour": "#ffdd00"}, "darker"),
        ({"reply_to": "nobody"}, "e-mail address"),
        ({"name": "x" * 301}, "shorter"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_changes(act, database, values, words):
    with pytest.raises(Invalid) as refused, act() as work:
        service.change_settings(work, {"host": "Somebody else", **values}, "why not")
    assert list(refused.value.fields) == list(values)
    assert words in refused.value.reason.message
    assert read(database) == AreaSettings()


def test_a_change_needs_a_reason(act):
    with pytest.raises(Invalid) as refused, act() as work:
        service.change_settings(work, {"poll_days": 20}, " ")
    assert list(refused.value.fields) == ["why"]


def test_nobody_else_may(act):
    with pytest.raises(NotAllowed), act(NOBODY) as work:
        service.change_settings(work, {"poll_days": 20}, "mine")
