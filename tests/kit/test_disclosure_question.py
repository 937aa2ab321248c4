"""What may be seen of a question, and that a reader who knows the rules cannot work the rest back."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations, product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pyramid_app.kit.disclosure import DEFAULTS, Count, Limits, QuestionShown, show_question

OPTIONS = "ABCDEFGH"
# So small that every result there is can be tried.
SMALL = Limits(question_answers=4, option=3, dissent=2, percentages=6)


def shown(answered: int, numbers: Sequence[int], limits: Limits = DEFAULTS) -> QuestionShown:
    tallies = [(option, Count(number)) for option, number in zip(OPTIONS, numbers, strict=False)]
    return show_question(Count(answered), tallies, limits)


def lines(answered: int, *numbers: int) -> list[tuple[str, int]]:
    return [("".join(line.options), line.number) for line in shown(answered, numbers).lines]


skewed = st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=1, max_size=8)


@st.composite
def results(draw: st.DrawFn) -> tuple[int, list[int]]:
    """People who answered, and each option's number: single choice, or several choices."""
    numbers = draw(skewed)
    if draw(st.booleans()):
        return sum(numbers), numbers
    return draw(st.integers(max(numbers), max(sum(numbers), max(numbers) + 5))), numbers


@pytest.mark.parametrize(
    ("answered", "numbers", "expected"),
    [
        (60, (30, 20, 10), [("A", 30), ("B", 20), ("C", 10)]),
        (60, (10, 30, 20), [("B", 30), ("C", 20), ("A", 10)]),
        (47, (4, 20, 3, 20), [("B", 20), ("D", 20), ("AC", 7)]),  # "other answers: 7"
        (32, (20, 2, 10), [("A", 20), ("BC", 12)]),  # one small option takes the next smallest with it
        (31, (20, 0, 11), [("A", 20), ("BC", 11)]),  # nobody is few, too
        (44, (20, 1, 3, 8, 12), [("A", 20), ("E", 12), ("BCD", 12)]),  # together under five: the next joins
        (48, (20, 4, 4, 8, 12), [("A", 20), ("E", 12), ("BCD", 16)]),  # 8 from two would be 4 and 4
        (36, (3, 8, 8, 17), [("D", 17), ("ABC", 19)]),  # equals join together
        (10, (5, 5), [("A", 5), ("B", 5)]),
        (9, (5, 4), []),
        (40, (36, 4), []),
        (40, (40, 0, 0), []),  # all agree
        (40, (40,), []),
        (40, (), []),
        (40, (40, 20, 15), [("B", 20), ("AC", 55)]),  # several choices: all chose A, so all would be known
        (40, (38, 20, 15), [("A", 38), ("B", 20), ("C", 15)]),
        (40, (39, 20, 15), [("B", 20), ("AC", 54)]),  # all but one: she would know all the others
        (40, (40, 40, 20, 15), [("C", 20), ("ABD", 95)]),
        (40, (40, 39, 20, 15), [("C", 20), ("ABD", 94)]),  # together nearly everybody: the next one joins
    ],
)
def test_examples(answered: int, numbers: tuple[int, ...], expected: list[tuple[str, int]]) -> None:
    assert lines(answered, *numbers) == expected


@given(results())
@example((40, [40, 0, 0]))
@example((8, [4, 4]))
def test_lines_or_words_never_both_never_neither(result: tuple[int, list[int]]) -> None:
    seen = shown(*result)
    assert bool(seen.lines) is not bool(seen.words)
    assert len(seen.lines) != 1
    assert bool(seen.note) is any(line.merged for line in seen.lines)


@given(results())
def test_nothing_but_words_below_the_questions_limit(result: tuple[int, list[int]]) -> None:
    answered, _ = result
    seen = shown(*result)
    assert answered >= 10 or not seen.lines
    if 0 < answered < 10:
        assert seen == shown(9, [9])


@given(results())
def test_no_line_below_the_limit_and_no_option_hidden_alone(result: tuple[int, list[int]]) -> None:
    answered, numbers = result
    by_option = dict(zip(OPTIONS, numbers, strict=False))
    seen = shown(answered, numbers)
    for line in seen.lines:
        assert line.number >= 5
        assert line.number == sum(by_option[option] for option in line.options)
        if not line.merged:
            assert line.number <= answered - 2
    if seen.lines:
        assert sorted(option for line in seen.lines for option in line.options) == sorted(by_option)
        assert sum(line.number for line in seen.lines) == sum(numbers)
        assert sum(line.merged for line in seen.lines) <= 1


@given(results())
def test_largest_first_merged_last_and_its_options_as_on_the_paper(result: tuple[int, list[int]]) -> None:
    seen = shown(*result).lines
    alone = [line.number for line in seen if not line.merged]
    assert alone == sorted(alone, reverse=True)
    assert not any(line.merged for line in seen[:-1])
    assert all(list(line.options) == sorted(line.options) for line in seen)


@given(results(), st.data())
def test_who_is_who_in_the_merged_line_changes_nothing(result: tuple[int, list[int]], data: st.DataObject) -> None:
    """The output is a function of what is shown: the merged options may swap their numbers in any way."""
    answered, numbers = result
    seen = shown(answered, numbers)
    places = [OPTIONS.index(option) for line in seen.lines if line.merged for option in line.options]
    swapped = list(numbers)
    for at, number in zip(places, data.draw(st.permutations([numbers[at] for at in places])), strict=True):
        swapped[at] = number
    assert shown(answered, swapped) == seen


def every_result(options: int, answered: int, single: bool) -> Iterator[tuple[int, ...]]:
    for numbers in product(range(answered + 1), repeat=options):
        if sum(numbers) == answered if single else sum(numbers) >= answered:
            yield numbers


@pytest.mark.parametrize("single", [True, False])
@pytest.mark.parametrize(("options", "most"), [(2, 14), (3, 10), (4, 8)])
def test_no_reader_who_knows_the_rules_can_work_a_hidden_number_back(options: int, most: int, single: bool) -> None:
    """Every result there is, by what a reader sees: each hidden option has at least two possible numbers."""
    for answered in range(1, most + 1):
        behind: dict[QuestionShown, list[tuple[int, ...]]] = defaultdict(list)
        for numbers in every_result(options, answered, single):
            behind[shown(answered, numbers, SMALL)].append(numbers)
        for seen, possible in behind.items():
            alone = {line.options[0] for line in seen.lines if not line.merged}
            for at in range(options):
                known = len({numbers[at] for numbers in possible}) == 1
                assert known is (OPTIONS[at] in alone), (seen, possible)


def test_the_order_of_the_paper_does_not_decide_what_is_shown() -> None:
    for numbers in ((3, 8, 8, 17), (4, 4, 9, 9, 14), (5, 5, 20, 1)):
        for order in permutations(range(len(numbers))):
            seen = shown(sum(numbers), [numbers[at] for at in order])
            assert sorted(line.number for line in seen.lines) == sorted(
                line.number for line in shown(sum(numbers), numbers).lines
            )


@given(results())
def test_percentages_only_from_thirty_answers(result: tuple[int, list[int]]) -> None:
    answered, numbers = result
    for line in shown(answered, numbers).lines:
        if answered < 30:
            assert line.percent is None
        elif not line.merged:
            assert line.percent is not None
            assert 0 < line.percent < 100
        else:
            assert (line.percent is None) is (sum(numbers) != answered)


def test_percentages_are_of_the_people_who_answered() -> None:
    assert [line.percent for line in shown(60, (30, 20, 10)).lines] == [50, 33, 17]
    assert [line.percent for line in shown(60, (45, 30, 3, 4)).lines] == [75, 50, None]
    assert [line.percent for line in shown(29, (15, 14)).lines] == [None, None]


def test_words_say_why_and_not_more() -> None:
    few, alike = shown(9, (5, 4)).words, shown(40, (36, 4)).words
    assert few is not None
    assert few.message.startswith("Fewer than {n} families answered this")
    assert dict(few.facts) == {"n": 10}
    assert alike == shown(12, (12, 0)).words == shown(90, (88, 1, 1)).words
    assert alike is not None
    assert not alike.facts
    assert shown(0, (0, 0)).words != few


def test_a_mapping_and_an_areas_own_limits() -> None:
    tallies = {"Yes": Count(6), "No": Count(6)}
    assert [line.options for line in show_question(Count(12), tallies).lines] == [("Yes",), ("No",)]
    assert not show_question(Count(12), tallies, Limits(question_answers=20)).lines
    assert not show_question(Count(12), tallies, Limits(option=7)).lines


def test_two_options_of_one_name_stay_two() -> None:
    twins = [("Other", Count(20)), ("Other", Count(10))]
    assert [line.number for line in show_question(Count(30), twins).lines] == [20, 10]


def test_an_option_with_more_people_than_answered_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="More people"):
        shown(10, (11, 3))
