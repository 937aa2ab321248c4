"""A list has one order. Two rows of the same moment must not change places from one look to the next: their time is
followed by a column that tells them apart."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import SQLModel

import pyramid_app.app  # noqa: F401  every room brings its tables

ROOT = Path(__file__).parents[2]


def ends_in_a_time(source: str) -> Iterator[str]:
    """Every ``order_by`` whose last column is a time (``…at``, ``…on``), as it is written."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "order_by":
            last = ast.unparse(call.args[-1]) if call.args else ""
            if re.search(r"(?:\.|_)(?:at|on)\)?(?:\.(?:desc|asc)\(\))?$", last):
                yield last


def is_a_key(last: str) -> bool:
    """A day of which there is one row: a term."""
    found = re.search(r"(\w+)\.(\w+)\)", last)
    kinds = {mapper.class_.__name__: mapper.local_table for mapper in SQLModel._sa_registry.mappers}
    table = kinds.get(found[1]) if found else None
    return table is not None and [column.name for column in table.primary_key] == [found[2] if found else ""]


def test_what_is_ordered_by_time_is_ordered_by_a_key_as_well():
    open_ended = [
        f"{path.relative_to(ROOT)}: {last}"
        for path in sorted((ROOT / "pyramid_app").rglob("*.py"))
        for last in ends_in_a_time(path.read_text())
        if not is_a_key(last)
    ]
    assert not open_ended


def test_the_law_sees_what_it_forbids():
    assert list(ends_in_a_time("q.order_by(col(Voice.received_at))")) == ["col(Voice.received_at)"]
    assert list(ends_in_a_time("q.order_by(col(Draft.number), col(Hand.at).desc())")) == ["col(Hand.at).desc()"]
    assert not list(ends_in_a_time("q.order_by(col(Voice.received_at), col(Voice.id))"))
