"""Own words. Nobody sees them before the close; then each becomes a voice, unnamed unless its writer wants to hear."""

import unicodedata
from collections.abc import Iterator, Sequence

from pyramid_app.kit.say import Say
from pyramid_app.polls.kinds.shapes import Answer, Boxes, OptionLike, QuestionLike, box_of

TELL_ME = "tell me"
USUAL_LENGTH = 1000
"""Characters (``DESIGN.md`` 8). A question's own length stands in its ``at_most``."""
WIDEST = "\U0001f600"
"""No character takes more room in an envelope."""
WIDEST_IN_HTML = "&"
"""No character takes more room in a page: it is written as five bytes there."""


class OwnWords:
    """The answer is nothing, the words, or the words and "tell me"."""

    def lacks(self, number: int, question: QuestionLike, options: Sequence[OptionLike]) -> Iterator[Say]:
        if options:
            yield Say("Question {number} asks for own words. It has no answers to choose from.", number=number)

    def read(self, question: QuestionLike, options: Sequence[OptionLike], boxes: Boxes) -> Answer | Say:
        words = _plain(next(iter(boxes.get(question.id.hex, ())), ""))
        if not words:
            return []
        return [words, TELL_ME] if boxes.get(box_of(question, "tell")) else [words]

    def wrong(self, question: QuestionLike, options: Sequence[OptionLike], answer: Answer) -> Say | None:
        if len(answer) > 2 or answer[1:] not in ([], [TELL_ME]) or (answer and not answer[0]):
            return Say("We can't read this. Please write it again.")
        if answer and len(answer[0]) > question.at_most:
            return Say("Please make this shorter: {most} characters at the most. You wrote {found}.",
                       most=question.at_most, found=len(answer[0]))  # fmt: skip
        return None

    def largest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Answer:
        return [WIDEST * question.at_most, TELL_ME]

    def widest(self, question: QuestionLike, options: Sequence[OptionLike]) -> Boxes:
        return {question.id.hex: [WIDEST_IN_HTML * question.at_most], box_of(question, "tell"): [TELL_ME]}

    def chosen(self, answer: Answer) -> Sequence[str]:
        """Words are not added up; how many wrote some is."""
        return [TELL_ME] if answer else []

    def said(self, options: Sequence[OptionLike], answer: Answer) -> Sequence[Say | str]:
        if not answer:
            return [Say("Nothing in my own words")]
        return [answer[0], Say("Tell me what comes of it.")] if TELL_ME in answer else [answer[0]]


def _plain(text: str) -> str:
    """As typed, without control characters but line breaks, and without space at either end."""
    kept = (c for c in text.replace("\r\n", "\n") if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "".join(kept)).strip()
