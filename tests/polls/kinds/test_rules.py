"""Every kind of question, from papers that hypothesis makes up: what fits is taken whole, what does not is refused."""

from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from pyramid_app.ballots.sealing import _payload, size_for
from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds import (
    KINDS,
    NOT_SURE,
    Asked,
    QuestionKind,
    box_of,
    check_answers,
    largest_answers,
    still_fits,
)
from tests.support.papers import AGES, Opt, Ques, any_boxes, good_boxes, papers


@given(st.data())
def test_every_good_answer_is_taken_whole_and_fits_again_at_the_count(data):
    asked = data.draw(papers())
    checked = check_answers(asked, data.draw(good_boxes(asked)))
    assert checked.errors == {}
    assert {question.id.hex for question in asked.questions} <= set(checked.answers)
    assert still_fits(asked, checked.answers)


@given(st.data())
def test_whatever_is_sent_is_either_refused_by_question_or_fits_the_paper_and_its_envelope(data):
    asked = data.draw(papers())
    checked = check_answers(asked, data.draw(any_boxes(asked)))
    if checked.errors:
        assert checked.answers == {}
        assert set(checked.errors) <= {question.id.hex for question in asked.questions}
    else:
        assert still_fits(asked, checked.answers)
        assert len(_payload(bytes(16), bytes(16), checked.answers)) <= size_for(largest_answers(asked))


@given(st.data())
def test_no_good_answer_is_ever_longer_than_the_largest(data):
    asked = data.draw(papers())
    answers = check_answers(asked, data.draw(good_boxes(asked))).answers
    assert len(_payload(bytes(16), bytes(16), answers)) <= size_for(largest_answers(asked))


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=3000))
def test_no_words_are_ever_longer_than_their_envelope(words):
    asked = Asked([Ques(kind=QuestionKind.TEXT, at_most=300)], {})
    name = asked.questions[0].id.hex
    checked = check_answers(asked, {name: [words], f"{name}-tell": ["x"]})
    if not checked.errors:
        assert len(_payload(bytes(16), bytes(16), checked.answers)) <= size_for(largest_answers(asked))
    elif len(words) <= 300:
        raise AssertionError(checked.errors)


@given(st.data())
def test_what_was_tampered_with_no_longer_fits(data):
    asked = data.draw(papers())
    answers = check_answers(asked, data.draw(good_boxes(asked))).answers
    first = asked.questions[0].id.hex
    wrong: Any = data.draw(st.sampled_from([[uuid4().hex], ["x"] * 9, "words", None, [1], [["a"]]]))
    if not (asked.questions[0].kind is QuestionKind.TEXT and wrong == [uuid4().hex]):
        still = still_fits(asked, {**answers, first: wrong})
        assert not still or asked.questions[0].kind is QuestionKind.TEXT
    assert not still_fits(asked, {name: said for name, said in answers.items() if name != first})
    assert not still_fits(asked, {**answers, uuid4().hex: [NOT_SURE]})
    assert not still_fits(asked, {**answers, "share-ward": ["North"]})


@given(st.data())
def test_an_answer_can_be_read_back_in_the_words_of_the_paper(data):
    asked = data.draw(papers())
    answers = check_answers(asked, data.draw(good_boxes(asked))).answers
    for question in asked.questions:
        kind = KINDS[question.kind]
        lines = kind.said(asked.options[question.id], answers[question.id.hex])
        assert lines
        assert all(isinstance(line, str | Say) for line in lines)


THREE = (Opt("A"), Opt("B"), Opt("C"))
A, B, C = (option.id.hex for option in THREE)
SINGLE, SEVERAL = Ques(), Ques(kind=QuestionKind.SEVERAL, at_most=2)
RANKING, STATEMENTS = Ques(kind=QuestionKind.RANKING), Ques(kind=QuestionKind.STATEMENTS)


def sent(question: Ques, boxes: dict[str, list[str]]) -> list[str] | str:
    """The answer, or the sentence that refuses it."""
    asked = Asked([question], {question.id: THREE})
    checked = check_answers(asked, {question.id.hex + name: said for name, said in boxes.items()})
    wrong = checked.errors.get(question.id.hex)
    return wrong.message if wrong else checked.answers[question.id.hex]


def test_every_mistake_has_its_own_sentence():
    sentences = {
        sent(SINGLE, {}),
        sent(SINGLE, {"": ["nonsense"]}),
        sent(SINGLE, {"": [uuid4().hex]}),
        sent(SINGLE, {"": [A, B]}),
        sent(SEVERAL, {"": [A, B, C]}),
        sent(SEVERAL, {"": [A, NOT_SURE]}),
        sent(RANKING, {}),
        sent(RANKING, {f"-{A}": ["1"], f"-{B}": ["1"]}),
        sent(RANKING, {f"-{A}": ["4"]}),
        sent(RANKING, {f"-{A}": ["1"], "": [NOT_SURE]}),
        sent(STATEMENTS, {}),
        sent(STATEMENTS, {f"-{A}": ["perhaps"]}),
    }
    assert len(sentences) == 12
    assert all(isinstance(sentence, str) for sentence in sentences)


def test_answers_to_a_question_that_is_not_asked_are_refused():
    asked = Asked([SEVERAL], {SEVERAL.id: THREE})
    assert check_answers(asked, {SEVERAL.id.hex: [A], uuid4().hex: [A]}).errors


def test_the_same_box_twice_is_once_and_the_order_is_the_papers():
    assert sent(SEVERAL, {"": [B, A, A]}) == [A, B]


def test_a_ranking_closes_its_gaps_and_keeps_its_order():
    assert sent(RANKING, {f"-{A}": ["3"], f"-{B}": [""], f"-{C}": ["1"]}) == [C, A]


def test_places_may_be_typed_in_arabic_digits():
    assert sent(RANKING, {f"-{A}": ["٣"], f"-{B}": ["٢"], f"-{C}": ["१"]}) == [C, B, A]
    assert sent(RANKING, {f"-{A}": ["²"]}) == "Use the places 1 to {most}."


def test_statements_may_be_left_out():
    assert sent(STATEMENTS, {f"-{B}": ["pass"]}) == [f"{B}:pass"]


def test_own_words_are_unnamed_unless_the_box_is_ticked():
    text = Ques(kind=QuestionKind.TEXT, at_most=20)
    assert sent(text, {"": ["  The bus\r\nis late\x00 "]}) == ["The bus\nis late"]
    assert sent(text, {"": ["Late."], "-tell": ["tell me"]}) == ["Late.", "tell me"]
    assert sent(text, {"": [""], "-tell": ["tell me"]}) == []
    assert sent(text, {"": ["x" * 21]}) == (
        "Please make this shorter: {most} characters at the most. You wrote {found}."
    )


def test_what_is_shared_is_one_of_the_groups_or_nothing():
    asked = Asked([SINGLE], {SINGLE.id: THREE}, AGES)
    for said, shared in (
        (["5 to 10"], True),
        (["41"], False),
        ([], False),
        ([""], False),
        (["0 to 4", "5 to 10"], False),
    ):
        answers = check_answers(asked, {SINGLE.id.hex: [A], "share-age": said}).answers
        assert ("share-age" in answers) is shared


def test_the_box_of_an_option_is_named_after_both():
    assert box_of(SINGLE, THREE[0]) == f"{SINGLE.id.hex}-{A}"
