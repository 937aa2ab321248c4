"""Which of the two databases a test runs on.

What is a rule of the database's (services, races, schema, searching, secrecy) runs on both. A test that walks through
pages asks the same queries and renders the same templates on either, so it runs on one: about half of them on each.
``make test ENGINES=both`` runs every one on both.
"""

import zlib
from collections.abc import Sequence

import pytest

PAGES = {"browser", "new_browser"}
"""The fixtures of a test that walks through pages."""
ALWAYS_BOTH = ("tests/laws/", "tests/polls/secrecy/", "tests/polls/test_secrecy.py", "tests/outcomes/searching/")
NAMES = ("sqlite", "postgres")


def not_its_turn(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """Of tests that walk through pages, the half whose turn the other database has."""
    return {item for item in items if isinstance(item, pytest.Function) and _sits_out(item)}


def has_turn(nodeid: str, engine: str) -> bool:
    """By its own name, so that neither the order nor the number of the others changes on which one a test runs."""
    return NAMES[zlib.crc32(nodeid.replace(engine, "").encode()) % 2] == engine


def _sits_out(item: pytest.Function) -> bool:
    engine = item.callspec.params.get("engine_url") if hasattr(item, "callspec") else None
    if engine is None or not PAGES & set(item.fixturenames) or item.nodeid.startswith(ALWAYS_BOTH):
        return False
    return not has_turn(item.nodeid, str(engine))
