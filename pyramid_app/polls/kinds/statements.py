"""Statements: to each one says "agree", "disagree" or "pass"; some may be left out."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds.shapes import Answer, Boxes, OptionLike, QuestionLike, box_of, named_options


class Stance(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"  # noqa: S105


NAMES = {Stance.AGREE: Say("Agree"), Stance.DISAGREE: Say("Disagree"), Stance.PASS: Say("Pass")}


class Statements:
    """The answer is ``statement:stance`` for each statement answered (its id in hex), in the paper's order."""

    def lacks(self, number: int, question: QuestionLike, options: Sequence[OptionLike]) -> Iterator[Say]:
        yield from named_options(number, options, 2, explained=False)

    def read(self, question: QuestionLike, options: Sequence[OptionLike], boxes: Boxes) -> Answer | Say:
        answer = []
        for option in options:
            said = list(dict.fromkeys(boxes.get(box_of(question, option), ())))
            if len(said) > 1 or not set(said) <= set(Stance):
                return Say("Choose “agree”, “disagree” or “pass” for each line.")
            answer += [f"{option.id.hex}:{one}" for one in said]
        return answer

    def wrong(self, question: QuestionLike, options: Sequence[OptionLike], answer: Answer) -> Say | None:
        if not answer:
            return Say("Say what you think of at least one of these.")
        parts = [one.partition(":") for one in answer]
        on_paper = {option.id.hex for option in options}
        known = all(statement in on_paper and stance in set(Stance) for statement, _, stance in parts)
        if not known or len({statement for statement, _, _ in parts}) < len(parts):
            return Say("Choose “agree”, “disagree” or “pass” for each line.")
        return None

    def largest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Answer:
        return [f"{option.id.hex}:{Stance.DISAGREE}" for option in options]

    def widest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Boxes:
        return {box_of(question, option): [Stance.DISAGREE] for option in options}

    def chosen(self, answer: Answer) -> Sequence[str]:
        return answer

    def said(self, options: Sequence[OptionLike], answer: Answer) -> Sequence[Say | str]:
        names = {option.id.hex: option.name for option in options}
        parts = [one.partition(":") for one in answer]
        return [Say("{statement} – {stance}", statement=names[s], stance=NAMES[Stance(said)]) for s, _, said in parts]
