"""Which of the two databases a test runs on.

Where the databases may differ (transactions, races, constraints, searching, sums in SQL, secrecy, lives of things) a
test runs on both. Everywhere else the same queries go to either, so a test runs on one, about half of them on each.
``make test ENGINES=both`` runs every one on both.
"""

import inspect
import re
import zlib
from collections.abc import Callable, Sequence

import pytest

ALWAYS_BOTH = (
    "tests/base/",
    "tests/ballots/",
    "tests/laws/",
    "tests/outcomes/figures/",
    "tests/outcomes/searching/",
    "tests/polls/secrecy/",
    "tests/polls/test_secrecy.py",
)
"""Rooms whose subject is what a database does."""
ASKS_IT_ITSELF = re.compile(r"\b(?:DatabaseError|IntegrityError|DBAPIError|exec_driver_sql|sa\.text)\b")
"""In a test that expects a constraint or a trigger to refuse, or speaks SQL: each database has its own."""
NAMES = ("sqlite", "postgres")


def not_its_turn(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """Of tests that run on one database, those whose turn the other one has."""
    return {item for item in items if isinstance(item, pytest.Function) and _sits_out(item)}


def has_turn(nodeid: str, engine: str) -> bool:
    """By its own name, so that neither the order nor the number of the others changes on which one a test runs."""
    return NAMES[zlib.crc32(nodeid.replace(engine, "").encode()) % 2] == engine


def asks_it_itself(test: Callable[..., object]) -> bool:
    """Whether a test is about what the database refuses or says, and so runs on both."""
    return ASKS_IT_ITSELF.search(inspect.getsource(test)) is not None


def _sits_out(item: pytest.Function) -> bool:
    engine = item.callspec.params.get("engine_url") if hasattr(item, "callspec") else None
    if engine is None or item.nodeid.startswith(ALWAYS_BOTH) or item.get_closest_marker("lives"):
        return False
    return not asks_it_itself(item.function) and not has_turn(item.nodeid, str(engine))
