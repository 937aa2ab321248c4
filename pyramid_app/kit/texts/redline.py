"""Two wordings of one text, with the words marked that came and went.

Paragraphs are compared first; what differs is compared by sentence where it is long, and then word by word. Nothing is
changed on the way: without what was added the pieces are the old text, without what was removed the new one, character
for character.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import Match, SequenceMatcher
from enum import StrEnum

from markupsafe import Markup, escape

LONG = 400
"""Words: a longer passage is compared by sentence first."""
EFFORT = 400_000
"""Looks at words and pairs of equal words that one comparison takes. What is not compared by then is marked as a
whole: only a text that repeats few words endlessly comes so far."""

PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*\s*|[.!?…]+\s*")
BLANK_LINES = re.compile(r"(?>\r\n?|\n)(?:[^\S\r\n]*+(?>\r\n?|\n))+")
# A word carries the space before it, so that a comma after a word leaves the word itself as it was.
LETTER = re.compile(r"[^\s.,;:!?…()\[\]“”\"]")
WORD = re.compile(rf"\s*(?:{LETTER.pattern}+|[.,;:!?…()\[\]“”\"])|\s+")


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Some words of either text or of both."""

    kind: Kind
    text: str


MARKS = {Kind.ADDED: Markup("<ins>{}</ins>"), Kind.REMOVED: Markup("<del>{}</del>")}
HEARD = Markup('<bdi class="govuk-visually-hidden">{}</bdi>')
"""Words for a screen reader; set apart, so that they do not decide in which direction the text around them runs."""

Step = tuple[str, str]
"""Some words of the old text and what the new one has in their place; equal where nothing changed."""


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; what went stands before what came in its place."""
    pieces = []
    steps = _kept_to_lines(_gathered(_Comparison().paragraphs(old, new)))
    for gone, come in _mirrored(_kept_to_lines(_mirrored(steps))):
        if gone == come:
            pieces.append(Piece(Kind.SAME, gone))
            continue
        pieces += [Piece(kind, text) for kind, text in ((Kind.REMOVED, gone), (Kind.ADDED, come)) if text]
    return pieces


def before(pieces: Iterable[Piece]) -> str:
    """The old text."""
    return "".join(piece.text for piece in pieces if piece.kind is not Kind.ADDED)


def after(pieces: Iterable[Piece]) -> str:
    """The new text."""
    return "".join(piece.text for piece in pieces if piece.kind is not Kind.REMOVED)


def as_html(pieces: Iterable[Piece]) -> Markup:
    """The source with ``<ins>`` and ``<del>``; the text in them is escaped. Nothing else is in it."""
    return Markup().join(
        MARKS[piece.kind].format(piece.text) if piece.kind in MARKS else escape(piece.text) for piece in pieces
    )


def to_read(pieces: Iterable[Piece], *, added: str, removed: str, end: str) -> list[Markup]:
    """The pieces for a page, by paragraph: a screen reader says what each mark means, and where it ends.

    Space is never marked: where only that is different, it stands as it is in the new text.
    """
    said = {Kind.ADDED: added, Kind.REMOVED: removed}
    paragraphs = [Markup()]
    for piece in pieces:
        if piece.kind is Kind.REMOVED and not piece.text.strip():
            continue
        for number, part in enumerate(BLANK_LINES.split(piece.text)):
            if number:
                paragraphs.append(Markup())
            words = part.strip()
            if piece.kind is Kind.SAME or not words:
                paragraphs[-1] += part
                continue
            lead, _words, trail = part.partition(words)
            marked = HEARD.format(said[piece.kind] + " ") + words + HEARD.format(f" {end}")
            paragraphs[-1] += lead + MARKS[piece.kind].format(marked) + trail
    return [paragraph for paragraph in paragraphs if paragraph.strip()]


@dataclass
class _Comparison:
    """One comparison, and how much it may still look at."""

    left: int = field(default=EFFORT)

    def paragraphs(self, old: str, new: str) -> Iterator[Step]:
        return self._by(PARAGRAPH, old, new, self._passage)

    def _passage(self, old: str, new: str) -> Iterator[Step]:
        long = max(len(old.split()), len(new.split())) > LONG
        return self._by(SENTENCE, old, new, self._words) if long else self._words(old, new)

    def _words(self, old: str, new: str) -> Iterator[Step]:
        """A word stays one wherever its line ends; other space before it is marked by itself."""
        before, after = WORD.findall(old), WORD.findall(new)
        bare, bare_after = [_bare(word) for word in before], [_bare(word) for word in after]
        for here, there in self._runs(bare, bare_after):
            if bare[here] == bare_after[there]:
                yield from _respaced(before[here], after[there])
            else:
                yield "".join(before[here]), "".join(after[there])

    def _by(
        self, unit: re.Pattern[str], old: str, new: str, finer: Callable[[str, str], Iterator[Step]]
    ) -> Iterator[Step]:
        """Units that stayed as they are; a run that was replaced by another goes to the finer comparison."""
        before, after = unit.findall(old), unit.findall(new)
        for here, there in self._runs(before, after):
            gone, come = "".join(before[here]), "".join(after[there])
            if gone == come or not (gone and come):
                yield (gone, come)
            else:
                yield from finer(gone, come)

    def _runs(self, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
        """Where runs stand in both, the same ones and those that differ. Equal starts and ends cost nothing."""
        start, end = _common(old, new)
        until, till = len(old) - end, len(new) - end
        yield slice(0, start), slice(0, start)
        here, there = start, start
        for at, to in [*_anchors(old, new, slice(start, until), slice(start, till)), (until, till)]:
            yield from self._between(old, new, slice(here, at), slice(there, to))
            here, there = at, to
        yield slice(until, len(old)), slice(till, len(new))

    def _between(
        self, old: Sequence[str], new: Sequence[str], here: slice, there: slice
    ) -> Iterator[tuple[slice, slice]]:
        matcher = _Bounded(old[here], new[there], self.left)
        try:
            found = matcher.get_opcodes()
        except _Enough:
            yield here, there
            return
        finally:
            self.left = max(matcher.left, 0)
        for _tag, i1, i2, j1, j2 in found:
            yield slice(here.start + i1, here.start + i2), slice(there.start + j1, there.start + j2)


class _Enough(Exception):
    """More is not looked at."""


class _Bounded(SequenceMatcher[str]):
    """The standard library's matcher, which looks at the same pairs again for each run it finds: the cube of a text's
    length in the worst case. Here every look is counted.
    """

    def __init__(self, old: Sequence[str], new: Sequence[str], effort: int) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.left, self._old, self._times = effort, old, Counter(new)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Raises ``_Enough`` where the effort is spent."""
        self.left -= sum(1 + self._times[one] for one in self._old[alo:ahi])
        if self.left < 0:
            raise _Enough
        return super().find_longest_match(alo, ahi, blo, bhi)


def _common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """How many units both have in common at the start, and of the rest at the end."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return start, end


def _anchors(old: Sequence[str], new: Sequence[str], here: slice, there: slice) -> list[tuple[int, int]]:
    """Where a long text is held together: units that each side has once, as many as stand in the same order."""
    if here.stop - here.start + there.stop - there.start <= 2 * LONG:
        return []
    once_there = {one: there.start + at for one, at in _once(new[there]).items()}
    pairs = [(here.start + at, once_there[one]) for one, at in _once(old[here]).items() if one in once_there]
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_at, to) in enumerate(pairs):
        place = bisect_left(ends, to)
        ends[place : place + 1] = [to]
        last[place : place + 1] = [number]
        before.append(last[place - 1] if place else None)
    found = []
    number_of: int | None = last[-1] if last else None
    while number_of is not None:
        found.append(pairs[number_of])
        number_of = before[number_of]
    return found[::-1]


def _once(units: Sequence[str]) -> dict[str, int]:
    """The place of every unit that occurs a single time, in order."""
    counts = Counter(units)
    return {one: at for at, one in enumerate(units) if counts[one] == 1}


def _bare(word: str) -> str:
    return word.strip() or " "


def _respaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Step]:
    """The same words on both sides, each with the space that stands before it here and there."""
    for one, other in zip(before, after, strict=True):
        word = one.strip()
        yield one.removesuffix(word), other.removesuffix(word)
        yield word, word


def _gathered(steps: Iterable[Step]) -> list[Step]:
    """Neighbouring steps of one kind as one. A lone word between two replacements goes with them: it reads as one."""
    found: list[Step] = []
    for step in steps:
        if step == ("", ""):
            continue
        while found and (_same(found[-1]) == _same(step) or _island(found, step)):
            gone, come = found.pop()
            step = (gone + step[0], come + step[1])
        found.append(step)
    return found


def _same(step: Step) -> bool:
    return step[0] == step[1]


def _island(found: Sequence[Step], step: Step) -> bool:
    if len(found) < 2 or _same(step) or not _same(found[-1]):
        return False
    (gone, come), (same, _same_too), (old, new) = found[-2], found[-1], step
    replaced = gone.strip() and come.strip() and old.strip() and new.strip()
    return bool(replaced) and "\n" not in same and WORD.fullmatch(same) is not None


def _kept_to_lines(steps: list[Step]) -> list[Step]:
    found = list(_by_line(steps))
    return _gathered(found) if len(found) > len(steps) else found


def _by_line(steps: list[Step]) -> Iterator[Step]:
    """Where whole lines came or went after a change, the change keeps to its own line.

    The full stop of the last of them is easily taken for the one that was there: it is given back.
    """
    for at, step in enumerate(steps):
        side = 0 if "\n" in step[0] else 1
        if _same(step) or "\n" not in step[side] or "\n" in step[1 - side]:
            yield step
            continue
        after = steps[at + 1][0] if at + 1 < len(steps) else ""
        end = after.partition("\n")[0] if at + 2 >= len(steps) or "\n" in after else ""
        here, more = _lines(step[side], end)
        yield (here, step[1]) if side == 0 else (step[0], here)
        if more:
            yield end, end
            yield (more, "") if side == 0 else ("", more)
            steps[at + 1] = (after[len(end) :], after[len(end) :])


def _lines(text: str, end: str) -> tuple[str, str]:
    """What stands in the line that ends so, and the lines after it if there are any, the last of which ends so, too."""
    here, found, more = text.partition(end + "\n") if end.strip() else (text, "", "")
    through_a_word = all(LETTER.match(one) for one in (here[-1:], end[:1]))
    return (here, "\n" + more + end) if found and not through_a_word else (text, "")


def _mirrored(steps: list[Step]) -> list[Step]:
    """From the end to the start, so that what is done for the end of a line is done for its start."""
    return [(gone[::-1], come[::-1]) for gone, come in reversed(steps)]
