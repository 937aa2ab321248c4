"""What a draft would change, as its pages show it: the words of each promise marked, and every other fact of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from sqlmodel import Session

from pyramid_app.base.web.render import translate
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting.queries import Text
from pyramid_app.charter.drafting.rules import DraftKind, Stage, first_words
from pyramid_app.charter.rules import Words
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import long_date
from pyramid_app.kit.texts.redline import Kind, Piece, compare
from pyramid_app.partners import queries as partners

KINDS: Mapping[DraftKind, tuple[Say, Say]] = {
    DraftKind.REWORD: (Say("Say a promise in other words"), Say("One promise, with new words in it.")),
    DraftKind.ADD: (Say("Add a promise"), Say("Something that is not in the charter yet.")),
    DraftKind.SPLIT: (Say("Make two promises of one"), Say("One promise says too much. Each part gets its own place.")),
    DraftKind.MERGE: (Say("Make one promise of two or more"), Say("They say nearly the same. One is enough.")),
    DraftKind.RETIRE: (Say("Take a promise out"), Say("It is not needed any more. Its old words stay readable.")),
}
"""What a draft does, and one line on when that is the right thing."""
PLACES: Mapping[Stage, Say] = {
    Stage.GROUP: Say("With the Group"),
    Stage.CONSULTATIVE: Say("With the consultative group"),
    Stage.OWNER: Say("With whoever has to keep it"),
    Stage.HANDS: Say("Show of hands in the Group"),
    Stage.VOTE: Say("All families vote"),
    Stage.ADOPTED: Say("In the charter"),
    Stage.FELL: Say("It ended here"),
}
"""Where a draft is, in words."""
GOES_TO: Mapping[Stage, Say] = {
    Stage.CONSULTATIVE: Say("Ask the consultative group to read it"),
    Stage.OWNER: Say("Ask those who have to keep it"),
    Stage.HANDS: Say("Ask the Group for a show of hands"),
    Stage.GROUP: Say("Bring it back to the Group, to write on"),
}
"""The button of a hand-over."""


@dataclass(frozen=True)
class Fact:
    """One thing that a promise says besides its words; ``changed`` where it was something else."""

    label: Say
    pieces: Sequence[Piece]

    @property
    def changed(self) -> bool:
        return _changed(self.pieces)


@dataclass(frozen=True)
class Compared:
    """One promise, its old words against its new ones, and its other facts."""

    pieces: Sequence[Piece]
    facts: Sequence[Fact]

    @property
    def changed(self) -> bool:
        return _changed(self.pieces)


@dataclass(frozen=True)
class Names:
    """How partners and principles are called."""

    partners: Mapping[str, str]
    principles: Mapping[int, str]


def names(session: Session) -> Names:
    """Of all there are: a draft may name one that is a partner no more."""
    return Names(
        {one.slug: one.name for one in partners.list_partners(session)},
        {one.number: one.name for one in charter.list_principles(session)},
    )


def compared(text: Text, known: Names) -> list[Compared]:
    """Each promise of a draft against what stands in the charter; one that would go, with all its words struck out."""
    old = [promise.words for promise in text.old]
    if text.draft.kind is DraftKind.RETIRE:
        return [between(words, None, known) for words in old]
    principle = text.promises[0].principle if text.promises else 0
    before: list[Words | None] = [*first_words(text.draft.kind, old, principle)]
    if text.draft.kind is DraftKind.MERGE and before[0]:
        before[0] = replace(before[0], text=" ".join(words.text for words in old))
    if text.draft.kind is DraftKind.ADD:
        before = []
    before += [None] * (len(text.promises) - len(before))
    return [between(was, words, known) for was, words in zip(before, text.promises, strict=False)]


def one_by_one(old: Sequence[Words], new: Sequence[Words], known: Names) -> list[Compared]:
    """Two versions of a draft, promise by promise; either may have more."""
    return [between(was, now, known) for was, now in zip_longest(old, new)]


def between(old: Words | None, new: Words | None, known: Names) -> Compared:
    """One wording against another; either may not be there."""
    pieces = compare(old.text if old else "", new.text if new else "")
    facts = [Fact(label, mark(said(old), said(new))) for label, said, mark in _facts(known)]
    return Compared(pieces, [fact for fact in facts if fact.pieces])


Said = Callable[[Words | None], str]
Mark = Callable[[str, str], list[Piece]]


def _facts(known: Names) -> list[tuple[Say, Said, Mark]]:
    def of(read: Callable[[Words], str]) -> Said:
        return lambda words: read(words) if words else ""

    return [
        (Say("What it is"), of(_what_it_is), _whole),
        (Say("Made by"), of(lambda words: ", ".join(known.partners.get(one, one) for one in words.makers)), _whole),
        (Say("Looked after by"), of(lambda words: words.owner_role), compare),
        (Say("By when"), of(lambda words: words.timescale), compare),
        (Say("How we will know"), of(lambda words: words.how_we_know), compare),
        (Say("Looked at again on"), of(lambda words: long_date(words.review_on) if words.review_on else ""), _whole),
        (Say("Part of"), of(lambda words: known.principles.get(words.principle, "")), _whole),
    ]


def _changed(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind is not Kind.SAME for piece in pieces)


def _what_it_is(words: Words) -> str:
    return translate("We ask that you") if words.asks else translate("A promise")


def _whole(old: str, new: str) -> list[Piece]:
    """A day or a name is not compared by words: it is another one."""
    if old == new:
        return [Piece(Kind.SAME, new)] if new else []
    both = ((Kind.REMOVED, old and f"{old} "), (Kind.ADDED, new))
    return [Piece(kind, text) for kind, text in both if text]
