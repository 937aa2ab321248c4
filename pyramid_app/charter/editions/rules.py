"""What is different between two editions, in which words a promise's makers stand beside it, what a signature needs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Generic, Protocol, TypeVar

from pyramid_app.charter.rules import Says, Words
from pyramid_app.kit.say import Say


class Part(StrEnum):
    """What may be different in one promise."""

    TEXT = "text"
    HOW = "how we know"
    TIMESCALE = "timescale"
    OWNER = "owner"
    REVIEW = "review"
    PRINCIPLE = "principle"
    MAKERS = "makers"
    ASKS = "asks"


class MakerLike(Protocol):
    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def says(self) -> Says: ...
    @property
    def condition(self) -> str: ...


class PromiseLike(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def words(self) -> Words: ...
    @property
    def makers(self) -> Sequence[MakerLike]: ...


P = TypeVar("P", bound=PromiseLike)


@dataclass(frozen=True)
class Reworded(Generic[P]):
    """One number that says something else than before."""

    before: P
    after: P
    parts: frozenset[Part]


@dataclass(frozen=True)
class Changes(Generic[P]):
    """Everything that is different in the later of two editions, by the numbers of its promises."""

    added: tuple[P, ...] = ()
    taken_out: tuple[P, ...] = ()
    reworded: tuple[Reworded[P], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.taken_out or self.reworded)


def since(old: Iterable[P], new: Iterable[P]) -> Changes[P]:
    """What changed from the promises of one edition to those of another."""
    before, after = {one.number: one for one in old}, {one.number: one for one in new}
    both = sorted(before.keys() & after.keys())
    found = (Reworded(before[number], after[number], differs(before[number], after[number])) for number in both)
    return Changes(
        tuple(after[number] for number in sorted(after.keys() - before.keys())),
        tuple(before[number] for number in sorted(before.keys() - after.keys())),
        tuple(one for one in found if one.parts),
    )


def differs(before: PromiseLike, after: PromiseLike) -> frozenset[Part]:
    """In what two wordings are not the same."""
    old, new = before.words, after.words
    pairs = {
        Part.TEXT: (old.text, new.text),
        Part.HOW: (old.how_we_know, new.how_we_know),
        Part.TIMESCALE: (old.timescale, new.timescale),
        Part.OWNER: (old.owner_role, new.owner_role),
        Part.REVIEW: (old.review_on, new.review_on),
        Part.PRINCIPLE: (old.principle, new.principle),
        Part.MAKERS: (_said(before), _said(after)),
        Part.ASKS: (old.asks, new.asks),
    }
    return frozenset(part for part, (one, other) in pairs.items() if one != other)


def wordings_that_differ(history: Sequence[P]) -> list[Reworded[P]]:
    """Of one number through the editions, the oldest first: every step at which it said something else."""
    steps = (Reworded(one, other, differs(one, other)) for one, other in pairwise(history))
    return [step for step in steps if step.parts]


def _said(one: PromiseLike) -> set[tuple[str, Says, str]]:
    return {(maker.slug, maker.says, maker.condition) for maker in one.makers}


def makers_say(makers: Sequence[MakerLike], *, asks: bool) -> list[Say]:
    """Honestly who promises it, under which condition, who does not, and who has said nothing."""
    return [] if asks else list(_makers_say(makers))


def _makers_say(makers: Sequence[MakerLike]) -> Iterator[Say]:
    keeps = [maker.name for maker in makers if maker.says is Says.KEEPS]
    if keeps:
        yield Say("Made by: {names}.", names=", ".join(keeps))
    for maker in makers:
        if maker.says is Says.IF:
            yield Say(
                "Promised by {name} on this condition: {condition}", name=maker.name, condition=ended(maker.condition)
            )
    for maker in makers:
        if maker.says is Says.CANNOT and maker.condition:
            yield Say(
                "Asked for by parents, not agreed by {name}, because: {why}",
                name=maker.name,
                why=ended(maker.condition),
            )
        elif maker.says is Says.CANNOT:
            yield Say("Asked for by parents, not agreed by {name}.", name=maker.name)
    for maker in makers:
        if maker.says is Says.SILENT:
            yield Say("{name} has not said whether it can keep this.", name=maker.name)
    if not makers:
        yield Say("Asked for by parents. Nobody has promised it yet.")


def ended(words: str) -> str:
    """With a full stop at its end, unless it ends otherwise."""
    words = words.strip()
    return words if words[-1:] in {*".!?…", ""} else f"{words}."


def runs(numbers: Iterable[int]) -> str:
    """Numbers as people list them: ``1–3, 5``."""
    found = sorted(set(numbers))
    grouped = [[number for _at, number in group] for _key, group in groupby(enumerate(found), lambda at: at[1] - at[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in grouped)


class PartnerLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def ended_on(self) -> date | None: ...


def what_is_wrong_with_signing(
    partner: PartnerLike | None, role: str, on: date | None, published: date, today: date
) -> dict[str, Say]:
    """By field: why a partner cannot sign so."""
    wrong = {}
    if partner is None:
        wrong["partner"] = Say("Choose a partner from the list.")
    if not role:
        wrong["role"] = Say("Write who signed, by the role. For example: Director of Children’s Services.")
    if on is None:
        wrong["signed_on"] = Say("Write the day on which it was signed.")
    elif on > today:
        wrong["signed_on"] = Say("This day has not come yet.")
    elif on < published:
        wrong["signed_on"] = Say("This edition was published on {on}. Nobody can sign it before.", on=published)
    elif partner and partner.ended_on and on >= partner.ended_on:
        wrong["signed_on"] = Say(
            "{name} has not been a partner since {on}, so it can't sign on that day.",
            name=partner.name, on=partner.ended_on,
        )  # fmt: skip
    return wrong
