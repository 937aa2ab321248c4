"""How much a comment matters, what came of it, whether it is met, and where its words stand now. Pure."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from pyramid_app.kit.say import Say

MOST = 1000
MOST_QUOTE = 300
SENTENCES = re.compile(r"(?<=[.!?…])\s+|\n+")


class Did(StrEnum):
    SAID = "comment:said"
    ANSWERED = "comment:answered"
    MET_SAID = "comment:met said"
    REPORTED = "comment:reported"
    HIDDEN = "comment:hidden"
    SHOWN_AGAIN = "comment:shown again"
    OBJECTED = "comment:objected"


class Weight(StrEnum):
    """The one question after a comment (``walks.md`` 8)."""

    MUST = "must"
    BETTER = "better"
    THOUGHT = "thought"


class CameOf(StrEnum):
    CHANGED = "changed"
    PARTLY = "partly"
    NOT_CHANGED = "not changed"


WEIGHTS: Mapping[Weight, Say] = {
    Weight.MUST: Say("I can’t agree without it"),
    Weight.BETTER: Say("It would be better"),
    Weight.THOUGHT: Say("Just a thought"),
}
CAME_OF: Mapping[CameOf, Say] = {
    CameOf.CHANGED: Say("We changed it"),
    CameOf.PARTLY: Say("We changed it in part"),
    CameOf.NOT_CHANGED: Say("We did not change it"),
}


def what_is_wrong(text: str, weight: Weight | None, quote: str, words: Sequence[str]) -> dict[str, Say]:
    """Why this cannot be a comment. ``words``: the texts that it may be about; no ``quote`` means the whole draft."""
    wrong = {}
    if not text:
        wrong["text"] = Say("Write what you think.")
    if len(text) > MOST:
        wrong["text"] = Say("Please make this shorter: {most} characters at the most.", most=MOST)
    if weight is None:
        wrong["weight"] = Say("Say how much this matters.")
    if quote and not any(quote in one for one in words):
        wrong["quote"] = Say("These words are not in the draft. Copy them from it, or leave this empty.")
    return wrong


def what_is_wrong_with_answer(came_of: CameOf | None, because: str, comments: int) -> dict[str, Say]:
    wrong = {}
    if came_of is None:
        wrong["came_of"] = Say("Say what came of it.")
    if not because:
        wrong["because"] = Say("Say what you changed, or why not.")
    if not comments:
        wrong["comments"] = Say("Choose the comments that this answers.")
    return wrong


def to_choose_from(words: Sequence[str]) -> list[str]:
    """The sentences of a draft that a comment can be about, each once and exactly as it stands there."""
    sentences = [one.strip() for text in words for one in SENTENCES.split(text)]
    return list(dict.fromkeys(one for one in sentences if 0 < len(one) <= MOST_QUOTE))


def stands(quote: str, words: Sequence[str]) -> bool:
    """Whether the words that a comment is about are still in the draft."""
    return not quote or any(quote in one for one in words)


def is_unmet(weight: Weight, met: bool | None) -> bool:
    """Somebody cannot agree, and has not said that it is met now. Nothing said is not "yes"."""
    return weight is Weight.MUST and met is not True
