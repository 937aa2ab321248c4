"""What is learned from filed messages: always the same, only what was taught, and nothing before there is enough."""

import random
import string
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.feedback.suggesting.ranking import learn
from pyramid_app.feedback.suggesting.rules import (
    ENOUGH_IN_ALL,
    ENOUGH_UNDER_A_TOPIC,
    LIKE,
    enough,
    start_of_the_hour,
)
from pyramid_app.feedback.suggesting.stems import stem, stems

WORDS = ["bus", "buses", "late", "plan", "plans", "waiting", "waits", "school", "therapy", "the", "is", "not"]
SAID = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join) | st.text(max_size=30)
LESSONS = st.lists(st.tuples(SAID, st.lists(st.sampled_from("abcde"), max_size=3)), max_size=20)

TAUGHT = [
    ("The bus is late every day", {"buses"}),
    ("Our school bus comes late", {"buses"}),
    ("The plan took a year", {"plans"}),
    ("We are waiting for the final plan", {"plans", "waiting"}),
]


def test_messages_belong_where_messages_like_them_were_filed():
    learned = learn(TAUGHT)
    assert learned.rank("Buses!", 1) == ["buses"]
    assert learned.rank("They have planned nothing", 1) == ["plans"]
    assert learned.rank("Still waiting for a plan", 2) == ["waiting", "plans"]


def test_what_describes_a_label_helps_to_find_it_but_teaches_none():
    described = {"buses": "School transport and taxis", "ramps": "Taxis and ramps"}
    assert learn(TAUGHT, described).rank("The taxi left without him", 1, like=LIKE) == ["buses"]
    assert learn(TAUGHT).rank("The taxi left without him", 1, like=LIKE) == []


@pytest.mark.parametrize("nothing", ["", "👍", "Zebras yodel", "12345"])
def test_words_like_nothing_taught_bring_no_suggestion(nothing):
    assert learn(TAUGHT).rank(nothing, 3, like=LIKE) == []
    assert len(learn(TAUGHT).rank(nothing, 3)) == 3


@given(LESSONS, st.dictionaries(st.sampled_from("abcdef"), SAID), st.lists(SAID, min_size=1, max_size=5), st.randoms())
def test_the_order_of_lessons_never_shows(lessons, described, said, draw):
    other = [(words, draw.sample(labels, len(labels))) for words, labels in lessons]
    draw.shuffle(other)
    mixed = dict(draw.sample(sorted(described.items()), len(described)))
    one, two = learn(lessons, described), learn(other, mixed)
    for words in said:
        assert one.rank(words, 5) == two.rank(words, 5)
        assert one.rank(words, 5, like=LIKE) == two.rank(words, 5, like=LIKE)


@given(LESSONS, st.dictionaries(st.sampled_from("abcdef"), SAID), SAID, st.integers(0, 6))
def test_only_what_was_taught_is_ranked_each_once_and_no_more_than_asked_for(lessons, described, words, most):
    taught = {label for _, labels in lessons for label in labels}
    learned = learn(lessons, described)
    ranked = learned.rank(words, most)
    assert len(ranked) == len(set(ranked)) == min(most, len(taught))
    assert set(ranked) <= taught
    assert ranked == learned.rank(words, len(taught))[:most]
    assert set(learned.rank(words, 6, like=LIKE)) <= set(learned.rank(words, 6))


@given(st.dictionaries(st.sampled_from("abc"), st.integers(0, 260)))
def test_nothing_is_suggested_before_there_is_enough_of_it(filed):
    may = enough(label for label, number in filed.items() for _ in range(number))
    if sum(filed.values()) < ENOUGH_IN_ALL:
        assert may == frozenset()
    else:
        assert may == {label for label, number in filed.items() if number >= ENOUGH_UNDER_A_TOPIC}


@given(st.integers(0, 10**6))
def test_suggestions_hold_still_for_an_hour(seconds):
    now = datetime(2027, 3, 1, 10, tzinfo=UTC) + timedelta(seconds=seconds)
    begun = start_of_the_hour(now)
    assert timedelta() <= now - begun < timedelta(hours=1)
    assert start_of_the_hour(begun) == begun


def test_words_that_every_sentence_needs_say_nothing_unless_there_are_no_others():
    assert stems("The buses were NOT on time, it’s the driver's fault") == ["bus", "not", "time", "driver", "fault"]
    assert stems("What is it with you?") == ["what"]
    assert stems("Is it?") == ["is", "it"]


def test_stems_are_the_same_when_many_threads_ask():
    draw = random.Random(1)
    words = ["".join(draw.choices(string.ascii_lowercase, k=12)) + "ationing" for _ in range(400)]
    alone = [stem.__wrapped__(word) for word in words]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(stem.__wrapped__, words)) == alone
    finally:
        sys.setswitchinterval(before)
