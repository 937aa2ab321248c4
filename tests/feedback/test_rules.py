"""What is proposed as cleared text, and how a person's words stand at the top of a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.rules import propose_cleared, shortened, what_is_wrong_with_words


@pytest.mark.parametrize(
    ("raw", "cleared"),
    [
        ("Write to me at amina@example.org please", "Write to me at [address] please"),
        ("Ring 07700 900123 or +44 7700 900 123", "Ring [number] or [number]"),
        ("He is 7 and goes at 8.30", "He is 7 and goes at 8.30"),
    ],
)
def test_addresses_and_numbers_are_taken_out_of_the_proposal(raw, cleared):
    assert propose_cleared(raw) == cleared


@given(st.text(max_size=2000))
def test_shortened_words_are_the_persons_own_and_fit(words):
    short = shortened(words)
    assert len(short) <= 302
    assert " ".join(words.split()).startswith(short.removesuffix(" …"))


@given(st.text(min_size=1, max_size=50), st.integers(1, 60))
def test_too_long_or_empty_is_said(words, most):
    assert bool(what_is_wrong_with_words(words, most)) is (len(words) > most)
    assert what_is_wrong_with_words("", most)
