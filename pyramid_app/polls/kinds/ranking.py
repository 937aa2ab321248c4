"""Ranking: what matters most, then next. Each option has a box for its place; places may be left empty."""

from collections.abc import Iterator, Sequence

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds.shapes import (
    NOT_SURE,
    Answer,
    Boxes,
    OptionLike,
    QuestionLike,
    box_of,
    named_options,
    names_of,
)

BETWEEN = ">"


class Ranking:
    """The answer is the ids (hex) of the options ranked, most wanted first, or "not sure"."""

    def lacks(self, number: int, question: QuestionLike, options: Sequence[OptionLike]) -> Iterator[Say]:
        yield from named_options(number, options, 2, explained=True)

    def read(self, question: QuestionLike, options: Sequence[OptionLike], boxes: Boxes) -> Answer | Say:
        unsure = NOT_SURE in boxes.get(question.id.hex, ())
        places: dict[int, str] = {}
        for option in options:
            typed = next(iter(boxes.get(box_of(question, option), ())), "")
            if not typed:
                continue
            if not (typed.isdecimal() and 1 <= int(typed[:6]) <= len(options)):
                return Say("Use the places 1 to {most}.", most=len(options))
            if int(typed[:6]) in places:
                return Say("You gave the same place to two answers. Give each a place of its own.")
            places[int(typed[:6])] = option.id.hex
        ranked = [places[place] for place in sorted(places)]
        return [*ranked, NOT_SURE] if unsure else ranked

    def wrong(self, question: QuestionLike, options: Sequence[OptionLike], answer: Answer) -> Say | None:
        if not answer:
            return Say("Give at least one answer a place, or tick “I am not sure”.")
        if NOT_SURE in answer:
            return Say("Tick “I am not sure” alone, or leave it out.") if len(answer) > 1 else None
        if len(set(answer)) < len(answer) or not {option.id.hex for option in options}.issuperset(answer):
            return Say("We don't know this answer. Choose from the list.")
        return None

    def largest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Answer:
        return [option.id.hex for option in options]

    def widest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Boxes:
        return {box_of(question, option): [str(place)] for place, option in enumerate(options, start=1)}

    def chosen(self, answer: Answer) -> Sequence[str]:
        """The ranking as a whole: the count in rounds needs it."""
        return answer if answer == [NOT_SURE] else [BETWEEN.join(answer)]

    def said(self, options: Sequence[OptionLike], answer: Answer) -> Sequence[Say | str]:
        names = names_of(options)
        if NOT_SURE in answer:
            return [names[NOT_SURE]]
        return [Say("{place}. {name}", place=place, name=names[one]) for place, one in enumerate(answer, start=1)]
