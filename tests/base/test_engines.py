"""Tests share the two databases."""

import pytest
import sqlalchemy as sa

from tests.support.engines import asks_it_itself, has_turn

NAMES = [f"tests/pages/test_pages.py::test_{number}[{{}}-open]" for number in range(200)]


def test_each_test_runs_on_one_database_and_each_database_has_about_half():
    turns = [[has_turn(name.format(engine), engine) for engine in ("sqlite", "postgres")] for name in NAMES]
    assert all(one != other for one, other in turns)
    assert 70 < sum(one for one, _ in turns) < 130


def test_what_a_database_refuses_is_asked_of_both():
    def expects_a_trigger(session):
        with pytest.raises(sa.exc.DatabaseError):
            session.flush()

    def reads_a_page(browser):
        assert "Thank you" in browser.get("/").text

    assert asks_it_itself(expects_a_trigger)
    assert not asks_it_itself(reads_a_page)
