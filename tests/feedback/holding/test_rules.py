"""Five reasons and no others; a line for the author; 28 days to object."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.holding.rules import (
    WORDS,
    Reason,
    needs_second,
    object_by,
    what_is_wrong_with_answer,
    what_is_wrong_with_holding,
    what_is_wrong_with_objection,
)


def test_the_five_reasons_of_the_regulations_and_only_one_needs_two():
    assert {str(reason) for reason in Reason} == {
        "identifies a person", "about one child", "vexatious", "a duplicate", "off topic",
    }  # fmt: skip
    assert set(WORDS) == set(Reason)
    assert [reason for reason in Reason if needs_second(reason)] == [Reason.VEXATIOUS]


@given(st.none() | st.sampled_from(Reason), st.text(max_size=600))
def test_a_reason_and_a_line_are_needed(reason, because):
    wrong = what_is_wrong_with_holding(reason, because)
    assert ("reason" in wrong) == (reason is None)
    assert ("because" in wrong) == (not 0 < len(because) <= 500)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_four_weeks_to_object(on):
    assert object_by(on) == on + timedelta(weeks=4)


@pytest.mark.parametrize(
    ("judge", "name", "most"),
    [(what_is_wrong_with_objection, "words", 2000), (what_is_wrong_with_answer, "answer", 1000)],
)
def test_words_that_are_missing_or_too_long(judge, name, most):
    assert [list(judge(text)) for text in ("", "x", "x" * most, "x" * (most + 1))] == [[name], [], [], [name]]
