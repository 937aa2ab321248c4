"""Somebody who has the whole database, knows in which order people cast, and wants to know who said what.

Two ways: things in the same order (or the opposite one), and things that share a value that nobody else has.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import sqrt
from typing import Any

from tests.support.dump import Dump

RARE = 4
"""A value in more rows than these belongs to everybody."""

Orders = Mapping[str, Sequence[Any]]
"""By how they were put in order: people, or answers."""


Row = Mapping[str, Any]


def orders(rows: Iterable[Row], whose: Callable[[Row], Any], name: str) -> dict[str, list[Any]]:
    """Whose the rows are: as they lie there, and by each of their columns."""
    rows = list(rows)
    found = {f"{name} as it lies": [whose(row) for row in rows]}
    for column in rows[0] if rows else ():
        found[f"{name} by {column}"] = [whose(row) for row in sorted(rows, key=lambda row: _order(row[column]))]
    return found


def _order(value: Any) -> tuple[str, Any]:
    """Anything in an order: places of PostgreSQL as pairs of numbers."""
    text = str(value)
    if text.startswith("(") and text.endswith(")"):
        return "place", tuple(int(part) for part in text[1:-1].split(","))
    return type(value).__name__, value if isinstance(value, int | bytes) else text


class Links:
    """Tries all pairs of orders on poll after poll; counts how often person and answer meet at the same place."""

    def __init__(self) -> None:
        self.polls = 0
        self.met: Counter[tuple[str, str]] = Counter()
        self.drift: defaultdict[tuple[str, str], float] = defaultdict(float)

    def try_all(self, people: Orders, answers: Orders) -> None:
        """``answers`` in their orders are told by their true writers, so that every meeting is a true link."""
        self.polls += 1
        for (one, persons), (other, writers) in product(people.items(), answers.items()):
            for turned in (False, True):
                pair = (one, f"{other}, the last first" if turned else other)
                guessed = persons[::-1] if turned else persons
                self.met[pair] += sum(left == right for left, right in zip(guessed, writers, strict=True))
            self.drift[one, other] += _likeness(persons, writers)

    @property
    def most(self) -> int:
        """True links of the best pair; by chance each poll gives one."""
        return max(self.met.values())

    @property
    def strangest(self) -> float:
        """How many standard deviations the most alike (or most opposite) pair of orders is from chance."""
        return max(abs(total) / sqrt(self.polls) for total in self.drift.values())


def _likeness(left: Sequence[Any], right: Sequence[Any]) -> float:
    """Spearman's rank correlation, in standard deviations from chance."""
    place, number = {one: at for at, one in enumerate(right)}, len(left)
    apart = sum((at - place[one]) ** 2 for at, one in enumerate(left))
    return (1 - 6 * apart / (number * (number**2 - 1))) * sqrt(number - 1)


def shared_values(whole: Dump, people: Iterable[Any], answers: Iterable[Any]) -> set[tuple[Any, Any]]:
    """Pairs of person and answer between which a way leads from row to row over values that few rows have.

    A hidden transaction number is such a value, too.
    """
    at: defaultdict[Any, list[frozenset[Any]]] = defaultdict(list)
    for rows in whole.values():
        for row in rows:
            values = frozenset(_values(row))
            for value in values:
                at[value].append(values)
    reached = {one: _reach(_plain(one), at) for one in [*people, *answers]}
    return {(person, answer) for person, answer in product(people, answers) if reached[person] & reached[answer]}


def _values(row: Row) -> Iterable[Any]:
    for column, value in row.items():
        if column == "transaction":
            yield ("transaction", value)
        elif isinstance(value, dict):
            yield from map(_plain, value.values())
        elif len(str(value)) >= 8:
            # As it stands, and without a kind before it: audit rows are about ``voice:…``.
            yield _plain(value)
            yield _plain(str(value).rpartition(":")[2])


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else str(value).replace("-", "")


def _reach(start: Any, at: Mapping[Any, list[frozenset[Any]]]) -> set[Any]:
    reached, waiting = {start}, [start]
    while waiting:
        for values in at.get(waiting.pop(), ()):
            for value in values - reached:
                if len(at[value]) <= RARE:
                    reached.add(value)
                    waiting.append(value)
    return reached
