"""A draft's kinds, where it can be, what it proposes word for word, and what it still lacks. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pyramid_app.charter.rules import MOST_LINE, MOST_WORDS, Words, digest, exact
from pyramid_app.kit.say import Say

MOST_PARTS = 6
"""Promises that one is split into, or that are merged into one."""
MOST_REASON = 2000
SAME_SITTING = 30
"""Minutes: what one person saves again within them is one version still, unless somebody has said something to it."""


class Did(StrEnum):
    STARTED = "draft:started"
    SAVED = "draft:saved"
    TRANSLATED = "draft:translated"
    WRITER_INVITED = "draft:writer invited"
    BROUGHT_UP_TO_DATE = "draft:brought up to date"
    LOCKED = "draft:locked"
    UNLOCKED = "draft:unlocked"
    ADOPTED = "draft:adopted"
    FELL = "draft:fell"


class DraftKind(StrEnum):
    ADD = "add"
    REWORD = "reword"
    SPLIT = "split"
    MERGE = "merge"
    RETIRE = "retire"


class Stage(StrEnum):
    """Where a draft is (``DESIGN.md`` 7). At the last three its words stand."""

    GROUP = "with the group"
    CONSULTATIVE = "with the consultative group"
    OWNER = "with whoever has to keep it"
    HANDS = "show of hands"
    VOTE = "at the vote"
    ADOPTED = "adopted"
    FELL = "fell"


OVER = frozenset({Stage.ADOPTED, Stage.FELL})
PUBLIC = frozenset({Stage.VOTE, Stage.ADOPTED, Stage.FELL})
"""From here on anybody may read it."""


@dataclass(frozen=True)
class Part:
    """What somebody is for a draft. ``member`` of the Group of whatever kind; ``invited`` to write on this draft."""

    rep: bool = False
    member: bool = False
    consultative: bool = False
    officer: bool = False
    chair: bool = False
    invited: bool = False

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def can_read(part: Part, stage: Stage, *, consulted: bool) -> bool:
    """The Group always; the consultative group once it was asked; anybody from the vote on."""
    inside = part.rep or part.member or part.officer or part.chair or part.invited
    return stage in PUBLIC or inside or (part.consultative and consulted)


TOUCHES: Mapping[DraftKind, tuple[int, int]] = {
    DraftKind.ADD: (0, 0), DraftKind.REWORD: (1, 1), DraftKind.SPLIT: (1, 1), DraftKind.MERGE: (2, MOST_PARTS),
    DraftKind.RETIRE: (1, 1),
}  # fmt: skip
"""Of how many present promises a draft of each kind is, at least and at most."""
MAKES: Mapping[DraftKind, tuple[int, int]] = {
    DraftKind.ADD: (1, 1), DraftKind.REWORD: (1, 1), DraftKind.SPLIT: (2, MOST_PARTS), DraftKind.MERGE: (1, 1),
    DraftKind.RETIRE: (0, 0),
}  # fmt: skip
"""How many promises it proposes in their place."""


@dataclass(frozen=True)
class Content:
    """What somebody saves: all that can be changed about a draft."""

    title: str
    reason: str
    promises: tuple[Words, ...] = ()


def exact_draft(kind: DraftKind, touches: Sequence[int], promises: Sequence[Words]) -> str:
    """The exact text that families vote on: what is done to which promises, and every word of the new ones."""
    numbers = ", ".join(str(number) for number in sorted(touches))
    return "\n".join([f"Change: {kind}\nOf promises: {numbers}\n", *(exact(words) for words in promises)])


def digest_of(kind: DraftKind, touches: Sequence[int], promises: Sequence[Words]) -> str:
    return digest(exact_draft(kind, touches, promises))


def first_words(kind: DraftKind, old: Sequence[Words], principle: int) -> tuple[Words, ...]:
    """What a draft says before anybody has changed it: the promises as they stand now."""
    if kind is DraftKind.ADD:
        return (Words(principle, ""),)
    if kind is DraftKind.RETIRE:
        return ()
    if kind is DraftKind.SPLIT:
        return (old[0], replace(old[0], text=""))
    if kind is DraftKind.MERGE:
        makers = tuple(sorted({maker for words in old for maker in words.makers}))
        return (replace(old[0], text=" ".join(words.text for words in old)[:MOST_WORDS], makers=makers),)
    return (old[0],)


def why_not_start(kind: DraftKind, touches: Sequence[int], present: Sequence[int]) -> dict[str, Say]:
    """Why a draft cannot be about these promises; ``present``: those of the present edition."""
    least, most = TOUCHES[kind]
    if gone := [number for number in touches if number not in present]:
        return {"touches": Say("Promise {number} is not in the charter now. Choose one that is.", number=gone[0])}
    if len(set(touches)) < least:
        words = Say("Choose the promise.") if least == 1 else Say("Choose two promises or more.")
        return {"touches": words}
    if len(set(touches)) > most:
        return (
            {"touches": Say("Choose up to {most} promises.", most=most)}
            if most
            else {"touches": Say("A new promise changes none. Leave the others out.")}
        )
    return {}


def what_is_too_long(kind: DraftKind, content: Content) -> dict[str, Say]:
    """Why this cannot even be kept; an unfinished text can."""
    wrong = {} if content.title else {"title": Say("Give it a short name.")}
    if len(content.title) > MOST_LINE:
        wrong["title"] = Say("Please make this shorter: {most} characters at the most.", most=MOST_LINE)
    if len(content.reason) > MOST_REASON:
        wrong["reason"] = Say("Please make this shorter: {most} characters at the most.", most=MOST_REASON)
    least, most = MAKES[kind]
    if not least <= len(content.promises) <= most:
        wrong["title"] = Say("A change of this kind has {least} to {most} new promises.", least=least, most=most)
    for at, words in enumerate(content.promises):
        for name, longest in (("text", MOST_WORDS), ("how_we_know", MOST_WORDS), ("timescale", MOST_LINE),
                              ("owner_role", MOST_LINE)):  # fmt: skip
            if len(getattr(words, name)) > longest:
                say = Say("Please make this shorter: {most} characters at the most.", most=longest)
                wrong[f"promises-{at}-{name}"] = say
    return wrong


def what_is_missing(
    kind: DraftKind, content: Content, old: Sequence[Words], partners: Sequence[str], today: date
) -> list[Say]:
    """What a draft lacks before it can leave the Group. ``partners``: those that are partners today."""
    missing = [] if content.reason else [Say("Say why this should change.")]
    for number, words in enumerate(content.promises, start=1):
        missing += _lacks(number, words, partners, today)
    texts = [" ".join(words.text.split()).casefold() for words in content.promises]
    if len(set(texts)) < len(texts):
        missing.append(Say("Two of the new promises say the same."))
    if kind is DraftKind.REWORD and content.promises and exact(content.promises[0]) == exact(old[0]):
        missing.append(Say("This says the same as now. Change some words, or let the draft go."))
    return missing


def _lacks(number: int, words: Words, partners: Sequence[str], today: date) -> Iterator[Say]:
    if not words.text:
        yield Say("Write promise {number}.", number=number)
    if words.asks and words.makers:
        yield Say("Promise {number} asks something of families, so nobody makes it. Leave its partners out.",
                  number=number)  # fmt: skip
    if not words.asks and not words.makers:
        yield Say("Say who makes promise {number}.", number=number)
    if gone := set(words.makers) - set(partners):
        yield Say("Promise {number} names somebody who is no partner now: {name}", number=number, name=min(gone))
    if not words.asks and not words.how_we_know:
        yield Say("Say how we will know that promise {number} is kept.", number=number)
    if words.review_on and words.review_on <= today:
        yield Say("Promise {number} must be looked at again on a day that is still to come.", number=number)


def shown_name(name: str, unnamed: bool) -> str:
    """First name and initial in the Group; empty for "a parent", which is the member's choice."""
    first, *others = name.split() or [""]
    if unnamed:
        return ""
    return f"{first} {others[-1][0]}." if others and others[-1][0].isalpha() else first
