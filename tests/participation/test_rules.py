"""The usual levels, and how long an invitation waits."""

from datetime import UTC, datetime

from pyramid_app.participation.rules import GROUND, GROUP, PARLIAMENT, USUAL_LEVELS, forgotten_from


def test_the_base_is_only_told_and_all_above_it_are_asked():
    assert [level.slug for level in USUAL_LEVELS if not level.votes] == [GROUND]
    assert USUAL_LEVELS[0].slug == GROUND
    assert USUAL_LEVELS[1].slug == PARLIAMENT


def test_only_the_representatives_are_named_and_have_seats():
    assert [(level.slug, level.seats) for level in USUAL_LEVELS if level.public] == [(GROUP, 8)]


def test_every_level_says_what_it_asks_and_how_long_that_takes():
    assert all(level.asks and level.takes and level.invitation for level in USUAL_LEVELS)


def test_an_invitation_waits_so_many_days():
    assert forgotten_from(datetime(2027, 3, 1, 10, tzinfo=UTC), 60) == datetime(2027, 4, 30, 10, tzinfo=UTC)
