"""State machines: lives of things in whatever order, on either database."""

import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

TIMES = int(os.environ.get("PYRAMID_LIVES", "1"))
"""So many times as many lives as in ``make test``: ``make lives``."""


def live(machine: type[RuleBasedStateMachine], url: str, *, lives: int, steps: int) -> None:
    """So many lives on SQLite, each other ones in every run. The rules are the same on PostgreSQL, only the statements
    differ: there it lives a quarter of them."""
    few = lives if url.startswith("sqlite") else max(2, lives // 4)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=few * TIMES,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            # To make what fails shorter would take many minutes: it is shown as it was found.
            phases=set(Phase) - {Phase.shrink},
        ),
    )
