"""Arithmetic of the public figures."""

import statistics
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.figures.rules import median, percent


@given(st.lists(st.integers(0, 60)))
def test_the_middle_of_all_the_larger_of_two(values):
    expected = statistics.median_high(values) if values else None
    assert median(Counter(values).items()) == expected


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_percentage_never_claims_all_or_none(part, rest):
    whole = part + rest
    number = percent(part, whole)
    assert (number == 0) is (part == 0)
    assert (number == 100) is (part == whole > 0)


@pytest.mark.parametrize(
    ("part", "whole", "number"), [(0, 0, 0), (1, 3, 33), (1, 1000, 1), (999, 1000, 99), (1, 2, 50)]
)
def test_examples_of_percentages(part, whole, number):
    assert percent(part, whole) == number
