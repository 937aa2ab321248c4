"""Tests share the two databases."""

from tests.support.engines import has_turn

NAMES = [f"tests/pages/test_pages.py::test_{number}[{{}}-open]" for number in range(200)]


def test_each_test_runs_on_one_database_and_each_database_has_about_half():
    turns = [[has_turn(name.format(engine), engine) for engine in ("sqlite", "postgres")] for name in NAMES]
    assert all(one != other for one, other in turns)
    assert 70 < sum(one for one, _ in turns) < 130
