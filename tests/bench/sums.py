"""The arithmetic of the bench and its targets: what was measured becomes a table and a verdict. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

CELLS = ("casting", "poll page", "result page")
APP, FLOOR = "app", "floor"

LEAST_RATIO = 0.40
"""The application's rate over the bare floor's, in every cell. Where we are going: 0.50."""

MOST_STATEMENTS: Mapping[str, int] = {"casting": 6, "poll page": 5, "result page": 3}
"""SQL statements a request, the look-up of the session row among them; not BEGIN, COMMIT, ROLLBACK, SET, nor an empty
one (is this connection alive?). Where we are going: 5, 3 and 2."""


@dataclass(frozen=True)
class Run:
    """One system under load in one cell for a few seconds. Waits in ms; CPU in seconds, ``foreign`` a share of all."""

    waits: Sequence[float]
    seconds: float
    app_cpu: float
    database_cpu: float
    foreign: float
    failures: Mapping[str, int]

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds


@dataclass(frozen=True)
class Cell:
    """One cell: the rounds of both systems, in order, and how many statements each needs for one request."""

    name: str
    rounds: Mapping[str, Sequence[Run]]
    statements: Mapping[str, float]

    @property
    def ratios(self) -> list[float]:
        """App over floor, each from two runs that followed one another."""
        return [app.rate / floor.rate for app, floor in zip(self.rounds[APP], self.rounds[FLOOR], strict=True)]

    @property
    def cpu_ratio(self) -> float:
        """The floor's CPU over the app's, a request: steadier than the rates where a machine is shared."""
        return sum(cpu_ms(self.rounds[FLOOR])) / sum(cpu_ms(self.rounds[APP]))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` (0 to 1) of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


def cpu_ms(runs: Sequence[Run]) -> tuple[float, float]:
    """CPU a request over all rounds, in ms: of the application, of PostgreSQL."""
    asked = sum(len(run.waits) for run in runs)
    return 1000 * sum(run.app_cpu for run in runs) / asked, 1000 * sum(run.database_cpu for run in runs) / asked


def table(cells: Sequence[Cell]) -> list[str]:
    """Two lines a cell, and one for its ratio."""
    lines = [
        f"{'cell':12} {'system':6} {'req/s':>7} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}"
        f" {'app CPU ms':>10} {'PG CPU ms':>9} {'statements':>10}"
    ]
    for cell in cells:
        for system, runs in cell.rounds.items():
            waits = [wait for run in runs for wait in run.waits]
            app, database = cpu_ms(runs)
            p50, p95, p99 = (percentile(waits, share) for share in (0.50, 0.95, 0.99))
            lines.append(
                f"{cell.name:12} {system:6} {median(run.rate for run in runs):7.1f} {p50:7.1f} {p95:7.1f} {p99:7.1f}"
                f" {app:10.2f} {database:9.2f} {cell.statements[system]:10g}"
            )
        low, high = min(cell.ratios), max(cell.ratios)
        middle = f"app is {median(cell.ratios):.2f} of the floor ({low:.2f} to {high:.2f})"
        lines.append(f"{'':12} {middle}; by CPU {cell.cpu_ratio:.2f}")
    return lines


def foreign(cells: Sequence[Cell]) -> float:
    """The share of the machine's CPU time that somebody else used, over all runs."""
    return median(run.foreign for cell in cells for runs in cell.rounds.values() for run in runs)


def failures(cells: Sequence[Cell]) -> list[str]:
    """What makes the whole bench void: every answer that was not the one expected."""
    return [
        f"{cell.name}, {system}: {times} times {what}"
        for cell in cells
        for system, runs in cell.rounds.items()
        for run in runs
        for what, times in run.failures.items()
    ]


def missed(cells: Sequence[Cell]) -> list[str]:
    """Every target that the application does not reach."""
    slow = [
        f"{cell.name} is {median(cell.ratios):.2f} of the floor, not {LEAST_RATIO:.2f}"
        for cell in cells
        if median(cell.ratios) < LEAST_RATIO
    ]
    chatty = [
        f"{cell.name} needs {cell.statements[APP]:g} statements, not {MOST_STATEMENTS[cell.name]}"
        for cell in cells
        if cell.statements[APP] > MOST_STATEMENTS[cell.name]
    ]
    return slow + chatty
