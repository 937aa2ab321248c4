"""The arithmetic of the bench: percentiles, paired ratios, CPU a request, and what counts as missed."""

import pytest

from tests.bench.sums import APP, FLOOR, Cell, Run, cpu_ms, failures, foreign, missed, percentile, table


def a_run(rate: float, **changes: object) -> Run:
    usual = {"app_cpu": rate / 500, "database_cpu": rate / 2000, "foreign": 0.05, "failures": {}}
    return Run(waits=[float(n + 1) for n in range(int(rate))], seconds=1.0, **{**usual, **changes})  # type: ignore[arg-type]


def a_cell(name: str = "casting", *, app: tuple[int, ...] = (50, 30, 40), statements: float = 6) -> Cell:
    rounds = {APP: [a_run(rate) for rate in app], FLOOR: [a_run(100) for _ in app]}
    return Cell(name, rounds, {APP: statements, FLOOR: 2})


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100), (0.001, 1)])
def test_a_percentile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 0.99) == 7.0


def test_ratios_pair_runs_of_the_same_round() -> None:
    assert a_cell().ratios == [0.5, 0.3, 0.4]


def test_cpu_is_per_request_over_all_rounds() -> None:
    assert cpu_ms([a_run(100), a_run(300)]) == pytest.approx((2.0, 0.5))


def test_reaching_exactly_the_target_is_reaching_it() -> None:
    assert missed([a_cell(app=(40, 40, 40), statements=6)]) == []


def test_each_missed_target_is_named() -> None:
    short = missed([a_cell(app=(39, 39, 39)), a_cell("result page", statements=4)])
    assert short == [
        "casting is 0.39 of the floor, not 0.40",
        "result page needs 4 statements, not 3",
    ]


def test_one_unexpected_answer_is_a_failure() -> None:
    rounds = {APP: [a_run(40, failures={"status 500 instead of 303": 1})], FLOOR: [a_run(100)]}
    assert failures([Cell("casting", rounds, {APP: 6, FLOOR: 2})]) == [
        "casting, app: 1 times status 500 instead of 303"
    ]


def test_the_table_has_a_line_for_each_system_and_one_for_the_ratio() -> None:
    lines = table([a_cell()])
    assert len(lines) == 4
    assert "app is 0.40 of the floor (0.30 to 0.50)" in lines[3]
    assert foreign([a_cell()]) == pytest.approx(0.05)
