"""Papers of every kind of question, and what may be sent for them: good answers, and anything at all."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st

from pyramid_app.polls.kinds import NOT_SURE, Asked, QuestionKind, QuestionLike, Stance, box_of

Boxes = dict[str, list[str]]


@dataclass(frozen=True)
class Opt:
    name: str = "Yes"
    meaning: str = "You want it."
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True)
class Ques:
    text: str = "Shall we?"
    kind: QuestionKind = QuestionKind.SINGLE
    at_most: int = 1
    id: UUID = field(default_factory=uuid4)


AGES = {"age": ["0 to 4", "5 to 10", "11 to 15"]}


@st.composite
def questions(draw: Any) -> tuple[Ques, list[Opt]]:
    kind = draw(st.sampled_from(QuestionKind))
    if kind is QuestionKind.TEXT:
        return Ques(kind=kind, at_most=draw(st.integers(1, 40))), []
    options = [Opt(f"Option {number}") for number in range(draw(st.integers(2, 6)))]
    most = draw(st.integers(2, len(options))) if kind is QuestionKind.SEVERAL else 1
    return Ques(kind=kind, at_most=most), options


@st.composite
def papers(draw: Any) -> Asked:
    drawn = draw(st.lists(questions(), min_size=1, max_size=4))
    facts = draw(st.sampled_from([{}, AGES]))
    return Asked([question for question, _ in drawn], {question.id: options for question, options in drawn}, facts)


@st.composite
def good_boxes(draw: Any, asked: Asked) -> Boxes:
    """What a browser sends for answers that fit."""
    boxes: Boxes = {}
    for question in asked.questions:
        boxes.update(draw(_good(question, [option.id.hex for option in asked.options[question.id]])))
    for fact, groups in asked.facts.items():
        boxes[f"share-{fact}"] = [draw(st.sampled_from([*groups, ""]))]
    return boxes


@st.composite
def _good(draw: Any, question: QuestionLike, ids: list[str]) -> Boxes:
    name = question.id.hex
    if question.kind is QuestionKind.TEXT:
        words = draw(st.text(st.characters(categories=["L", "Nd", "P"]), max_size=question.at_most))
        tell = draw(st.sampled_from([[], ["tell me"]]))
        return {name: [words], **({box_of(question, "tell"): tell} if tell else {})}
    if question.kind is QuestionKind.STATEMENTS:
        some = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        return {box_of(question, one): [draw(st.sampled_from(Stance))] for one in some}
    if question.kind is QuestionKind.RANKING:
        some = draw(st.lists(st.sampled_from(ids), unique=True))
        if not some:
            return {name: [NOT_SURE]}
        places = {one: [str(place)] for place, one in enumerate(some, start=1)}
        return {box_of(question, one): places.get(one, [""]) for one in ids}
    most = question.at_most if question.kind is QuestionKind.SEVERAL else 1
    some = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True))
    return {name: draw(st.sampled_from([[NOT_SURE], some]))}


def any_boxes(asked: Asked) -> st.SearchStrategy[Boxes]:
    """Names and values near the paper's own, and far from them."""
    ids = [option.id.hex for options in asked.options.values() for option in options]
    names = [question.id.hex for question in asked.questions]
    boxes = [f"{q}-{o}" for q in names for o in [*ids, "tell"]]
    name = st.one_of(st.sampled_from([*names, *boxes, "share-age", "share-x", uuid4().hex]), st.text(max_size=9))
    known = [*ids, NOT_SURE, *Stance, "1", "2", "7", "99999999999999999999", "²", "0 to 4", "tell me", ""]
    value = st.one_of(st.sampled_from(known), st.text(max_size=60))
    return st.dictionaries(name, st.lists(value, max_size=4))
