"""A Count can be compared and added, and nothing gets the number out of it but ``disclosure.show…``."""

import copy
import json
import math
import operator
import pickle
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from pyramid_app.kit import disclosure
from pyramid_app.kit.disclosure import Count

SOURCES = Path(disclosure.__file__).parents[2]
NUMBER = 731
numbers = st.integers(0, 10_000)

WAYS_OUT: dict[str, Callable[[Any], object]] = {
    "str": str,
    "format": format,
    "format with a spec": lambda count: format(count, "d"),
    "f-string": lambda count: f"{count}",
    "f-string with !s": lambda count: f"{count!s}",
    "str.format": lambda count: "{} families".format(count),  # noqa: UP032
    "str.format of its facts": lambda count: "{n}".format_map({"n": count}),
    "%d": lambda count: "%d" % count,  # noqa: UP031
    "%s": lambda count: "%s" % count,  # noqa: UP031
    "Jinja": lambda count: Environment(autoescape=True).from_string("{{ count }}").render(count=count),
    "int": lambda count: int(count),
    "float": lambda count: float(count),
    "complex": lambda count: complex(count),
    "Decimal": lambda count: Decimal(count),
    "Fraction": lambda count: Fraction(count),
    "bool": bool,
    "not": lambda count: not count,
    "and": lambda count: count and 1,
    "bytes": lambda count: bytes(count),
    "range": lambda count: range(count),
    "index": operator.index,
    "a list's index": lambda count: list(range(1000))[count],
    "repetition": lambda count: [0] * count,
    "hash": hash,
    "a set": lambda count: {count},
    "round": lambda count: round(count),
    "floor": lambda count: math.floor(count),
    "trunc": lambda count: math.trunc(count),
    "abs": lambda count: abs(count),
    "minus": lambda count: -count,
    "invert": lambda count: ~count,
    "+ int": lambda count: count + 1,
    "int +": lambda count: 1 + count,
    "+ False": lambda count: False + count,
    "- int": lambda count: count - 1,
    "* int": lambda count: count * 1,
    "/ int": lambda count: count / 1,
    "//": lambda count: count // 1,
    "%": lambda count: count % 1000,
    "divmod": lambda count: divmod(count, 1000),
    "**": lambda count: count**1,
    "|": lambda count: count | 0,
    "sum with a known start": lambda count: sum([count], 1),
    "math.fsum": lambda count: math.fsum([count]),
    "json": json.dumps,
    "json in a page's data": lambda count: json.dumps({"n": [count]}),
    "json by its text": lambda count: json.dumps(count, default=str),
    **{f"pickle, protocol {each}": partial(pickle.dumps, protocol=each) for each in range(6)},
    "reduce_ex": lambda count: count.__reduce_ex__(2),
    "getstate": lambda count: count.__getstate__(),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_is_refused_without_a_word_about_the_number(way: str) -> None:
    with pytest.raises(TypeError) as refused:
        WAYS_OUT[way](Count(NUMBER))
    assert not re.search(r"\d{2}", str(refused.value))


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_plain_int_would_have_got_out(way: str) -> None:
    """So it is Count that refuses above, not the way that was never open."""
    WAYS_OUT[way](NUMBER)


def test_repr_logs_and_copies_keep_it_hidden() -> None:
    @dataclass(frozen=True)
    class Holder:
        count: Count

    count = Count(NUMBER)
    for shown in (repr(count), repr([count]), repr(Holder(count)), ascii(count), f"{count!r}", "%r" % count):  # noqa: UP031
        assert str(NUMBER) not in shown
        assert "Count(" in shown
    for twin in (copy.copy(count), copy.deepcopy(count), asdict(Holder(count))["count"]):
        assert type(twin) is Count
        assert twin == count


@given(numbers, numbers)
def test_comparison_agrees_with_the_numbers(a: int, b: int) -> None:
    for other in (b, Count(b)):
        assert (Count(a) == other) is (a == b)
        assert (Count(a) != other) is (a != b)
        assert (Count(a) < other) is (a < b)
        assert (Count(a) <= other) is (a <= b)
        assert (Count(a) > other) is (a > b)
        assert (Count(a) >= other) is (a >= b)
    assert (b < Count(a)) is (b < a)


def test_it_compares_with_whole_numbers_only() -> None:
    assert Count(1) != "1"
    assert Count(1) != 1.0
    for other in (1.5, "1", None):
        with pytest.raises(TypeError):
            _ = Count(1) < other  # type: ignore[operator]


@given(numbers, numbers)
def test_counts_add_up_to_a_count(a: int, b: int) -> None:
    assert type(Count(a) + Count(b)) is Count
    assert Count(a) + Count(b) == a + b
    total = sum([Count(a), Count(b)])
    assert type(total) is Count
    assert total == a + b


@given(st.lists(st.integers()))
def test_of_counts_what_it_is_given(people: list[int]) -> None:
    assert Count.of(people) == len(people)
    assert Count.of(person for person in people) == len(people)


@pytest.mark.parametrize("wrong", [-431, 4.31, "431", True, None])
def test_only_whole_numbers_from_0_make_a_count(wrong: object) -> None:
    with pytest.raises(ValueError, match="whole number") as refused:
        Count(wrong)  # type: ignore[arg-type]
    assert "31" not in str(refused.value)


def test_nothing_outside_the_package_reads_the_number() -> None:
    """The private way in is used by the modules of disclosure and by nobody else."""
    private = re.compile(r"_Count__|disclosure\.count\b.*_number|disclosure\.count import \(")
    users = {
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if private.search(path.read_text(encoding="utf-8"))
    }
    assert {str(PurePath(user).parent) for user in users} == {"kit/disclosure"}
