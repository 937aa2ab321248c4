"""Whatever is typed becomes words, never an operator."""

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.outcomes.searching.rules import WORDS_AT_MOST, for_postgresql, for_sqlite, words_of


def test_words_are_words():
    assert words_of("Bus, or BUSES? (late)") == ["bus", "or", "buses", "late"]
    assert words_of("  ' OR 1=1 --  ") == ["or", "1", "1"]
    assert for_sqlite(["school", "bus"]) == '"school" AND "bus"*'
    assert for_postgresql(["school", "bus"]) == "school & bus:*"


@given(st.text(min_size=1, max_size=400))
def test_nothing_but_letters_and_digits_reaches_the_database(typed):
    words = words_of(typed)
    assert len(words) <= WORDS_AT_MOST
    assert all(word.isalnum() or not word.isascii() for word in words)
