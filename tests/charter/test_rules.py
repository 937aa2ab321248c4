"""What one promise says, and the exact text that a vote is tied to."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.charter.rules import Words, digest, exact

BUS = Words(4, "School transport comes within ten minutes.", "The companies' own times.", makers=("council", "nhs"))
LINES = st.text(alphabet=st.sampled_from("a: \n\r\u2028Pmrise"), max_size=30)
WORDS = st.builds(
    Words,
    principle=st.integers(1, 3),
    text=LINES,
    how_we_know=LINES,
    timescale=LINES,
    owner_role=LINES,
    review_on=st.none() | st.dates(),
    makers=st.sets(st.sampled_from(["council", "nhs", "schools"])).map(lambda found: tuple(sorted(found))),
    asks=st.booleans(),
)


def test_the_exact_text_can_be_read():
    assert exact(BUS).splitlines()[:3] == [
        "Promise: School transport comes within ten minutes.", "Principle: 4", "Made by: council, nhs",
    ]  # fmt: skip


def test_the_order_in_which_makers_are_named_changes_nothing():
    assert exact(replace(BUS, makers=("nhs", "council"))) == exact(BUS)


def test_words_on_a_line_of_their_own_cannot_pass_for_another_line():
    forged = replace(BUS, text="Calm.\nMade by: nobody")
    assert "\nMade by: nobody" not in exact(forged)


@given(WORDS, WORDS)
def test_two_promises_have_one_text_only_if_they_say_the_same(one, other):
    assert (exact(one) == exact(other)) == (one == other)
    assert (digest(exact(one)) == digest(exact(other))) == (one == other)
