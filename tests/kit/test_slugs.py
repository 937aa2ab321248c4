"""The readable part of an address."""

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.texts.slugs import slug


@given(st.text(), st.integers(1, 60))
def test_a_slug_is_always_part_of_an_address(title, letters):
    made = slug(title, letters=letters, empty="topic")
    assert made == "topic" or len(made) <= letters
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made == made.strip("-") != ""


def test_it_ends_with_a_whole_word():
    assert slug("School transport in the morning", letters=20, empty="topic") == "school-transport-in"
