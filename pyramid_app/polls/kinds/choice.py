"""Choosing: one answer, several up to a number, or a point on a scale. "Not sure" stands alone."""

import re
from collections.abc import Iterator, Sequence

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds.shapes import (
    NOT_SURE,
    Answer,
    Boxes,
    OptionLike,
    QuestionKind,
    QuestionLike,
    named_options,
    names_of,
    widest_first,
)


class Choice:
    """The answer is the ids (hex) of the options chosen, in the paper's order, or "not sure"."""

    def lacks(self, number: int, question: QuestionLike, options: Sequence[OptionLike]) -> Iterator[Say]:
        explained = question.kind is not QuestionKind.SCALE
        yield from named_options(number, options, 2, explained=explained)
        if question.kind is QuestionKind.SEVERAL and not 2 <= question.at_most <= max(len(options), 2):
            yield Say("Say how many answers may be chosen in question {number}: two or more.", number=number)

    def read(self, question: QuestionLike, options: Sequence[OptionLike], boxes: Boxes) -> Answer | Say:
        order = [*(option.id.hex for option in options), NOT_SURE]
        chosen = dict.fromkeys(boxes.get(question.id.hex, ()))
        return sorted(chosen, key=lambda one: order.index(one) if one in order else len(order))

    def wrong(self, question: QuestionLike, options: Sequence[OptionLike], answer: Answer) -> Say | None:
        if not answer:
            return Say("Choose an answer, or “I am not sure”.")
        on_paper = {option.id.hex for option in options}
        strange = [one for one in answer if one != NOT_SURE and one not in on_paper]
        if any(re.fullmatch(r"[0-9a-f]{32}", one) for one in strange):
            return Say("This answer belongs to another question. Choose one from this list.")
        if strange:
            return Say("We don't know this answer. Choose one from the list.")
        return _too_many(question, answer)

    def largest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Answer:
        return [option.id.hex for option in options][: _most(question)]

    def widest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Boxes:
        return {question.id.hex: [option.id.hex for option in widest_first(options)[: _most(question)]]}

    def chosen(self, answer: Answer) -> Sequence[str]:
        return answer

    def said(self, options: Sequence[OptionLike], answer: Answer) -> Sequence[Say | str]:
        names = names_of(options)
        return [names[one] for one in answer if one in names]


def _too_many(question: QuestionLike, answer: Answer) -> Say | None:
    if len(set(answer)) < len(answer):
        return Say("The same answer came twice. Please choose again.")
    if NOT_SURE in answer and len(answer) > 1:
        return Say("Choose “I am not sure” alone, or leave it out.")
    if len(answer) <= _most(question):
        return None
    if question.kind is QuestionKind.SEVERAL:
        return Say("Choose up to {most}. You chose {chosen}.", most=question.at_most, chosen=len(answer))
    return Say("Choose only one answer.")


def _most(question: QuestionLike) -> int:
    return question.at_most if question.kind is QuestionKind.SEVERAL else 1
