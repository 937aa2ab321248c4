"""What a question is made of, what is sent for it, and what every kind of question must be able to say."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from html import escape
from typing import Protocol
from uuid import UUID

from pyramid_app.kit.say import Say

NOT_SURE = "not sure"
MOST_OPTIONS = 30
"""On a longer list a choice is no choice any more (2,000 options pasted by mistake are refused by it, too)."""


class QuestionKind(StrEnum):
    SINGLE = "single"
    SEVERAL = "several"
    RANKING = "ranking"
    SCALE = "scale"
    STATEMENTS = "statements"
    TEXT = "text"


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


Boxes = Mapping[str, Sequence[str]]
"""What came from a form: by the question's id (hex), and where a question has a box for each of its options by
``question-option`` (both hex)."""

Answer = list[str]
"""What is sealed for one question. What the texts mean is the kind's own affair."""


class Kind(Protocol):
    """One kind of question. A new kind is a module with these seven verbs and a line in ``KINDS``."""

    def lacks(self, number: int, question: QuestionLike, options: Sequence[OptionLike]) -> Iterator[Say]:
        """What an officer still has to write; ``number`` counts the questions from 1."""

    def read(self, question: QuestionLike, options: Sequence[OptionLike], boxes: Boxes) -> Answer | Say:
        """The answer that these boxes make, or what is wrong with the boxes. It need not fit yet."""

    def wrong(self, question: QuestionLike, options: Sequence[OptionLike], answer: Answer) -> Say | None:
        """Why this answer does not fit its question; asked when it is sent and again when it is counted."""

    def largest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Answer:
        """An answer than which none is longer: it fixes the size of every envelope."""

    def widest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Boxes:
        """What is sent for an answer than which none takes more room on a page: it fixes the size of every page."""

    def chosen(self, answer: Answer) -> Sequence[str]:
        """What is added up, each once."""

    def said(self, options: Sequence[OptionLike], answer: Answer) -> Sequence[Say | str]:
        """The answer in the words of the paper, a line for each part of it."""


def box_of(question: QuestionLike, option: OptionLike | str) -> str:
    """The name of the box that one option has for itself."""
    return f"{question.id.hex}-{option if isinstance(option, str) else option.id.hex}"


def widest_first(options: Sequence[OptionLike]) -> list[OptionLike]:
    """The names that take the most room in HTML come first."""
    return sorted(options, key=lambda option: len(escape(option.name).encode()), reverse=True)


def names_of(options: Sequence[OptionLike]) -> dict[str, Say | str]:
    """How each answer reads, by what is sealed for it."""
    return {**{option.id.hex: option.name for option in options}, NOT_SURE: Say("I am not sure")}


def named_options(number: int, options: Sequence[OptionLike], at_least: int, *, explained: bool) -> Iterator[Say]:
    """What every list of options needs: enough of them, not too many, each with a name of its own."""
    if len(options) < at_least:
        yield Say("Question {number} needs two answers or more to choose from.", number=number)
    if len(options) > MOST_OPTIONS:
        yield Say("Question {number} has {found} answers. {most} are the most.",
                  number=number, found=len(options), most=MOST_OPTIONS)  # fmt: skip
    if any(not option.name for option in options):
        yield Say("Give every answer of question {number} a name.", number=number)
    if explained and any(option.name and not option.meaning for option in options):
        yield Say("Say what every answer of question {number} means.", number=number)
    names = [option.name.casefold() for option in options if option.name]
    if len(set(names)) < len(names):
        yield Say("Two answers of question {number} have the same name.", number=number)
