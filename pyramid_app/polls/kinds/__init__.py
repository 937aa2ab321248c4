"""The kinds of questions: what a paper's answers may look like, how large they can be, how they add up. Pure.

Each kind is a module with the same seven verbs (``shapes.Kind``); ``facts`` are what a voter chooses to share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds.choice import Choice
from pyramid_app.polls.kinds.facts import SHARE, Groups, fits, largest_facts, read_facts
from pyramid_app.polls.kinds.ranking import Ranking
from pyramid_app.polls.kinds.shapes import (
    MOST_OPTIONS,
    NOT_SURE,
    Boxes,
    Kind,
    OptionLike,
    QuestionKind,
    QuestionLike,
    box_of,
)
from pyramid_app.polls.kinds.statements import Stance, Statements
from pyramid_app.polls.kinds.text import TELL_ME, USUAL_LENGTH, OwnWords

__all__ = [
    "KINDS", "MOST_OPTIONS", "NOT_SURE", "TELL_ME", "USUAL_LENGTH", "Answers", "Asked", "Boxes", "Checked", "Kind",
    "OptionLike", "Options", "QuestionKind", "QuestionLike", "Stance", "box_of", "check_answers", "largest_answers",
    "still_fits", "widest_boxes",
]  # fmt: skip

CHOICE = Choice()
KINDS: Mapping[QuestionKind, Kind] = {
    QuestionKind.SINGLE: CHOICE,
    QuestionKind.SEVERAL: CHOICE,
    QuestionKind.SCALE: CHOICE,
    QuestionKind.RANKING: Ranking(),
    QuestionKind.STATEMENTS: Statements(),
    QuestionKind.TEXT: OwnWords(),
}

Options = Mapping[UUID, Sequence[OptionLike]]
"""The options of each question, as they stand on the paper."""

Answers = dict[str, list[str]]
"""What one family said: by question id (hex) what its kind seals, and ``share-…`` for what it shares."""


@dataclass(frozen=True)
class Asked:
    """Everything that a paper asks."""

    questions: Sequence[QuestionLike]
    options: Options
    facts: Groups = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """Either whole ``answers``, or ``errors`` by question id (hex)."""

    answers: Answers = field(default_factory=dict)
    errors: Mapping[str, Say] = field(default_factory=dict)


def check_answers(asked: Asked, boxes: Boxes) -> Checked:
    """What was sent, checked against the paper: every question has an answer that fits, and nothing else came."""
    answers: Answers = {}
    errors: dict[str, Say] = {}
    for question in asked.questions:
        kind, options, name = KINDS[question.kind], asked.options.get(question.id, ()), question.id.hex
        answer = kind.read(question, options, boxes)
        if isinstance(answer, Say):
            errors[name] = answer
        elif wrong := kind.wrong(question, options, answer):
            errors[name] = wrong
        else:
            answers[name] = answer
    if not errors and asked.questions and _strangers(asked, boxes):
        first = asked.questions[0].id.hex
        errors[first] = Say("Some of what was sent belongs to another question. Please choose again.")
    if errors:
        return Checked(errors=errors)
    return Checked({**answers, **read_facts(asked.facts, boxes)})


def still_fits(asked: Asked, answers: Mapping[str, object]) -> bool:
    """Whether an opened envelope holds what this paper asks, no more and no less: nothing else is counted."""
    known = {question.id.hex: question for question in asked.questions}
    if not known.keys() <= answers.keys():
        return False
    for name, answer in answers.items():
        if not isinstance(answer, list) or not all(isinstance(one, str) for one in answer):
            return False
        question = known.get(name)
        if question is None:
            if not fits(asked.facts, name, answer):
                return False
        elif KINDS[question.kind].wrong(question, asked.options.get(question.id, ()), answer):
            return False
    return True


def largest_answers(asked: Asked) -> Answers:
    """The longest answer that a paper can hold: it fixes the size of every envelope."""
    longest = {q.id.hex: KINDS[q.kind].largest(q, asked.options.get(q.id, ())) for q in asked.questions}
    return {**longest, **largest_facts(asked.facts)}


def widest_boxes(asked: Asked) -> Boxes:
    """What is sent for the answer that takes the most room on a page: it fixes the size of every page of a paper."""
    boxes: dict[str, Sequence[str]] = {**largest_facts(asked.facts)}
    for question in asked.questions:
        boxes.update(KINDS[question.kind].widest(question, asked.options.get(question.id, ())))
    return boxes


def _strangers(asked: Asked, boxes: Boxes) -> bool:
    known = {question.id.hex for question in asked.questions}
    return any(name.partition("-")[0] not in known for name in boxes if not name.startswith(SHARE))
