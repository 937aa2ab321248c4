"""Numbers and days as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.texts.numbers import day_of, number, whole


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7", 7), (" 12 ", 12), ("٣", 3), (4, 4), (0, 0), ("999999999", 999_999_999),
        ("", None), (None, None), ("-1", None), ("1.5", None), ("2_7", None), ("x", None), ("1" * 10, None),
        ("9" * 5_000, None), ("²", None), ("\0", None),
    ],
)  # fmt: skip
def test_a_whole_number(typed, expected):
    assert whole(typed) == expected


def test_a_field_is_told_what_is_no_number():
    with pytest.raises(ValueError, match="no number"):
        number("9" * 23)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("27", "3", "2027"), date(2027, 3, 27)),
        (("27", "3", "26"), date(2026, 3, 27)),
        (("1", "March", "2027"), date(2027, 3, 1)),
        (("1", "sept", "2027"), date(2027, 9, 1)),
        (("٢٧", "٣", "٢٠٢٧"), date(2027, 3, 27)),
        (("31", "2", "2027"), None), (("1", "13", "2027"), None), (("1", "Mai", "2027"), None),
        (("1", "1", "026"), None), (("1", "1", "6"), None), (("1", "1", "20267"), None), (("1", "1", "1066"), None),
        (("9" * 23, "1", "2027"), None), (("", "", ""), None),
    ],
)  # fmt: skip
def test_a_day(typed, expected):
    assert day_of(*typed) == expected


@given(*[st.text(max_size=12)] * 3)
def test_whatever_is_typed_is_a_day_or_none(day, month, year):
    found = day_of(day, month, year)
    assert found is None or 1900 <= found.year < 2200
