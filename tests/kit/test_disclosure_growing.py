"""A question that is answered while it is shown: an answer more never shows, and few are words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pyramid_app.kit.disclosure import Count, Limits, show_growing, show_verdicts

NAMES = ("yes", "sometimes", "no", "not for us")
NUMBERS = st.tuples(*[st.integers(0, 60)] * 4)


def verdicts(*numbers, limits=Limits()):  # noqa: B008
    return show_verdicts([(name, Count(number)) for name, number in zip(NAMES, numbers, strict=True)], limits)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=5))
def test_numbers_from_ten_answers_in_steps_of_five(numbers):
    shown = show_growing([(str(at), Count(number)) for at, number in enumerate(numbers)])
    assert (shown.words is None) is (sum(numbers) >= 10)
    for (_, line), number in zip(shown.lines, numbers, strict=False):
        assert line.number == (None if number < 5 else number - number % 5)


def test_nobody_and_few_read_the_same():
    lines = dict(show_growing([("yes", Count(10)), ("partly", Count(0)), ("no", Count(3))]).lines)
    assert lines["partly"] == lines["no"]


@given(NUMBERS)
def test_words_from_five_who_use_it_and_numbers_from_ten(numbers):
    judged, shown = sum(numbers[:3]), verdicts(*numbers)
    assert bool(shown.lines) is (judged >= 10)
    if judged < 5:
        assert shown == verdicts(0, 0, 0, 0), "how few is not said, and nobody is as few"
    elif judged < 10:
        assert "They are few" in shown.words.message


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((4, 0, 1, 0), "yes than no"),
        ((1, 0, 4, 30), "no than yes"),
        ((2, 1, 2, 0), "either way"),
        ((0, 5, 0, 0), "either way"),
    ],
)
def test_which_way_families_lean(numbers, words):
    assert words in verdicts(*numbers).words.message


@given(NUMBERS, st.integers(0, 3))
def test_one_answer_more_moves_one_line_by_five_or_nothing(numbers, at):
    """Once there are numbers: a neighbour's answer cannot be read off two looks."""
    more = tuple(number + (place == at) for place, number in enumerate(numbers))
    before, after = verdicts(*numbers), verdicts(*more)
    if before.lines:
        moved = [(a.number or 0, b.number or 0) for (_, a), (_, b) in zip(before.lines, after.lines, strict=True)]
        assert all(b - a in {0, 5} for a, b in moved)
        assert sum(a != b for a, b in moved) <= 1


def test_an_area_may_set_its_own_limits():
    assert verdicts(5, 5, 0, 0, limits=Limits(question_answers=20)).lines == ()
