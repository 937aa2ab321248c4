"""What is different between two wordings, in sentences that a screen reader says well."""

import re
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import bidirectional, category

from pyramid_app.kit.say import Say
from pyramid_app.kit.texts.redline import Kind, Piece

MOST = 160
"""Characters of a passage that a sentence repeats; the page holds the rest."""

SIGNS = ".,;:!?…()[]“”\"‘’'–—-"
JOINERS = "\u200c\u200d"
"""They have no width, but some scripts are written with them."""
BEFORE_THE_WORDS, AFTER_THE_WORDS = " .,;:!?…)]", " ,;:(["
WORD_OPENS = re.compile(rf"[{re.escape(SIGNS)}]*[^\s{re.escape(SIGNS)}]")
WORD_GOES_ON = re.compile(rf"[^\s{re.escape(SIGNS)}][{re.escape(SIGNS)}]*\Z")
SPACE = re.compile(r"\s")

NOTHING = Say("Nothing changed.")
ONLY_LINES = Say("We changed only how the lines are set.")
ALSO_LINES = Say("We also changed how the lines are set.")
ONLY_SIGNS = Say("We changed signs between words, such as commas.")
UNSEEN = Say("We changed signs that nobody can see.")

Step = tuple[str, str]


def changes(pieces: Sequence[Piece]) -> list[Say]:
    """A sentence for each change of words, in reading order, and one for all that only the eye meets."""
    found, small = [], set()
    for gone, come in _whole_words(pieces):
        said = _said(gone, come)
        if said in (ALSO_LINES, ONLY_SIGNS, UNSEEN):
            small.add(said)
        else:
            found.append(said)
    found += [one for one in (ONLY_SIGNS, UNSEEN) if one in small]
    if ALSO_LINES in small:
        found.append(ALSO_LINES if found else ONLY_LINES)
    return found or [NOTHING]


def _said(gone: str, come: str) -> Say:
    if gone.split() == come.split():
        return ALSO_LINES
    seen, new = _seen(gone), _seen(come)
    if seen == new:
        return UNSEEN
    old, words = _words(seen), _words(new)
    if old == words:
        return ONLY_SIGNS
    if not old:
        return Say("We added: “{words}”", words=_short(words))
    if not words:
        return Say("We took out: “{words}”", words=_short(old))
    if _short(old) == _short(words):
        return Say("We changed a long passage that begins: “{words}”", words=_short(words))
    return Say("We changed “{old}” to “{new}”", old=_short(old), new=_short(words))


def _whole_words(pieces: Sequence[Piece]) -> Iterator[Step]:
    """What went and what came in its place; where only a part of a word is marked (10.5, 10.75), all of the word."""
    steps = [*_steps(pieces)]
    for at, (gone, come) in enumerate(steps):
        if gone == come:
            continue
        left = steps[at - 1][0][-MOST:] if at else ""
        right = steps[at + 1][0][:MOST] if at + 1 < len(steps) else ""
        start = SPACE.split(left)[-1] if any(_cuts(left, text + right) for text in (gone, come)) else ""
        end = SPACE.split(right)[0] if any(_cuts(left + text, right) for text in (gone, come)) else ""
        start, end = start.lstrip(SIGNS), end.rstrip(SIGNS)
        yield start + gone + end, start + come + end


def _cuts(left: str, right: str) -> bool:
    """Whether the edge between these goes through a word."""
    return bool(WORD_GOES_ON.search(left[-MOST:]) and WORD_OPENS.match(right))


def _steps(pieces: Iterable[Piece]) -> Iterator[Step]:
    """As pairs of old and new, which take turns with what stayed."""
    gone = come = ""
    for piece in pieces:
        if piece.kind is Kind.SAME:
            yield gone, come
            yield piece.text, piece.text
            gone = come = ""
        elif piece.kind is Kind.REMOVED:
            gone += piece.text
        else:
            come += piece.text
    yield gone, come


def _seen(text: str) -> str:
    """Without signs that nobody sees, some of which turn the direction of what follows; spaces folded."""
    folded = " ".join(text.split())
    seen = "".join(one for one in folded if category(one) not in {"Cc", "Cf", "Cs"} or one in JOINERS)
    return seen if seen.strip(JOINERS + " ") else ""


def _words(seen: str) -> str:
    """Without the signs around them that belong to the sentence they stood in; empty where there are only signs."""
    return seen.lstrip(BEFORE_THE_WORDS).rstrip(AFTER_THE_WORDS) if seen.strip(SIGNS + " ") else ""


def _short(words: str) -> str:
    """So much as one listens to, cut between two words; words that run from the right keep to themselves."""
    if len(words) > MOST:
        head = words[: MOST + 1].rpartition(" ")[0]
        cut = head if head.strip(SIGNS + " ") else words[:MOST]
        words = cut.rstrip(AFTER_THE_WORDS) + " …"
    return f"\u2068{words}\u2069" if any(bidirectional(one) in {"R", "AL"} for one in words) else words
