"""Messages that say the same thing lie in one block; others lie in none."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.suggesting.alike import alike
from pyramid_app.feedback.suggesting.stems import stems

BUS = [
    "The bus is late every day",
    "Our school bus comes late",
    "bus always late in the morning",
    "The school bus was late again.",
]
BREAKS = ["There are no short breaks for teenagers", "Short breaks for teenagers have stopped", "No short breaks!"]
UNLIKE = [
    "The local offer is hard to find",
    "Thank you for the coffee morning",
    "School sent him home early again",
    "Please hold meetings in the evening",
    "The new head teacher listens",
    "Late",
    "",
    "👍",
]
WORDS = ["bus", "late", "plan", "school", "waits", "waiting", "breaks", "short", "no", "the"]
SAID = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(max_size=5), max_size=12)


def said(texts):
    return [sorted(texts[place] for place in group) for group in alike(texts)]


def test_what_families_say_in_their_own_ways_is_one_block_and_the_biggest_comes_first():
    texts = [*UNLIKE[:4], *BREAKS, *UNLIKE[4:], *BUS]
    assert said(texts) == [sorted(BUS), sorted(BREAKS)]


@pytest.mark.parametrize("texts", [[], ["Alone"], UNLIKE, ["Very helpful staff", "Helpful", "Helpful taxi"]])
def test_what_is_unlike_is_in_no_block(texts):
    assert alike(texts) == []


def test_the_same_words_are_alike_however_few():
    assert alike(["Late", "late!", "Bus"]) == [[0, 1]]


def test_a_chain_of_small_steps_does_not_make_one_block():
    chain = ["one two three four", "three four five six", "five six seven eight", "seven eight nine ten"]
    assert max(map(len, alike(chain))) <= 3


def test_whether_two_are_alike_does_not_hang_on_what_else_waits():
    crowd = [f"bus {name}" for name in ("apple", "pear", "plum", "cherry")] * 10
    (alone,) = alike(BUS[:2])
    assert alone in alike([*BUS[:2], *crowd])


@given(SAID, st.randoms())
def test_blocks_are_apart_and_every_one_is_like_its_first(texts, draw):
    groups = alike(texts)
    places = [place for group in groups for place in group]
    assert len(places) == len(set(places))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
    for first, *others in groups:
        assert others
        for other in others:
            assert alike([texts[first], texts[other]])
    mixed = draw.sample(texts, len(texts))
    assert sorted(said(mixed)) == sorted(said(texts))


@given(SAID, st.sampled_from(WORDS))
def test_twins_are_never_parted(texts, word):
    texts = [word, *texts, word.upper()]
    assert any({0, len(texts) - 1} <= set(group) for group in alike(texts))
    assert all(stems(texts[place]) for group in alike(texts) for place in group)


def test_two_thousand_messages_take_moments():
    draw = random.Random(1)
    words = ["".join(draw.choices(string.ascii_lowercase, k=7)) for _ in range(2000)]
    often = [1 / place for place in range(1, 2001)]
    texts = [" ".join(draw.choices(words, often, k=draw.randint(3, 30))) for _ in range(2000)]
    began = time.process_time()
    assert alike(texts)
    assert time.process_time() - began < 5
