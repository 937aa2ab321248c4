"""The kinds of questions: whether an answer fits its question, how large it can be, and adding up. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from pyramid_app.kit.say import Say

NOT_SURE = "not sure"


class QuestionKind(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"


class OptionLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def meaning(self) -> str: ...


class QuestionLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> QuestionKind: ...
    @property
    def at_most(self) -> int: ...


Options = Mapping[UUID, Sequence[OptionLike]]
"""The options of each question, as they stand on the paper."""


Answers = dict[str, list[str]]
"""What one family chose: by question id (hex), the ids (hex) of the options in the paper's order, or "not sure"."""


@dataclass(frozen=True)
class Checked:
    """Either whole ``answers``, or ``errors`` by question id (hex)."""

    answers: Answers = field(default_factory=dict)
    errors: Mapping[str, Say] = field(default_factory=dict)


def check_answers(questions: Sequence[QuestionLike], options: Options, raw: Mapping[str, Sequence[str]]) -> Checked:
    """What was sent, by question id (hex), checked against the paper. Every question needs an answer or "not sure"."""
    answers, errors = {}, {}
    for question in questions:
        chosen = list(dict.fromkeys(raw.get(question.id.hex, ())))
        on_paper = [option.id.hex for option in options.get(question.id, ())]
        wrong = _what_is_wrong(question, on_paper, chosen)
        if wrong:
            errors[question.id.hex] = wrong
        else:
            answers[question.id.hex] = sorted(chosen, key=[*on_paper, NOT_SURE].index)
    strangers = set(raw) - {question.id.hex for question in questions}
    if strangers and not errors and questions:
        errors[questions[0].id.hex] = Say("Some of what was sent belongs to another question. Please choose again.")
    return Checked({} if errors else answers, errors)


def _what_is_wrong(question: QuestionLike, on_paper: Sequence[str], chosen: Sequence[str]) -> Say | None:
    if not chosen:
        return Say("Choose an answer, or “I am not sure”.")
    strange = [one for one in chosen if one != NOT_SURE and one not in on_paper]
    if any(_is_id(one) for one in strange):
        return Say("This answer belongs to another question. Choose one from this list.")
    if strange:
        return Say("We don't know this answer. Choose one from the list.")
    if NOT_SURE in chosen and len(chosen) > 1:
        return Say("Choose “I am not sure” alone, or leave it out.")
    if question.kind is QuestionKind.SINGLE and len(chosen) > 1:
        return Say("Choose only one answer.")
    if question.kind is QuestionKind.SEVERAL and len(chosen) > question.at_most:
        return Say("Choose up to {most}. You chose {chosen}.", most=question.at_most, chosen=len(chosen))
    return None


def _is_id(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None


def largest_answers(questions: Sequence[QuestionLike], options: Options) -> Answers:
    """The longest answer that a paper can hold: it fixes the size of every envelope."""
    return {
        question.id.hex: [option.id.hex for option in options[question.id]][: _most(question)] for question in questions
    }


def _most(question: QuestionLike) -> int:
    return question.at_most if question.kind is QuestionKind.SEVERAL else 1


def tally(
    questions: Sequence[QuestionLike], options: Options, answers: Iterable[Answers]
) -> dict[UUID, dict[UUID | None, int]]:
    """How often each option of each question was chosen; ``None`` is "not sure". The answers have been checked."""
    counts: dict[UUID, dict[UUID | None, int]] = {
        question.id: {**{option.id: 0 for option in options[question.id]}, None: 0} for question in questions
    }
    for one in answers:
        for question in questions:
            for chosen in one[question.id.hex]:
                counts[question.id][None if chosen == NOT_SURE else UUID(chosen)] += 1
    return counts
