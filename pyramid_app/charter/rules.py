"""What one promise says, its exact text, and the fingerprint that a vote is tied to. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

MOST_WORDS = 500
"""Characters of a promise: longer ones are two promises."""
MOST_LINE = 120
EASY_READ = "easy"
"""In the place of a language: the same words with one short thing a sentence."""


class Did(StrEnum):
    PUBLISHED = "charter:edition published"
    SIGNED = "charter:edition signed"
    TRANSLATED = "charter:promise translated"


class Says(StrEnum):
    """What a partner said of a promise that names it, before parents voted (``walks.md`` 12)."""

    KEEPS = "can keep it"
    IF = "can keep it if"
    CANNOT = "cannot"
    SILENT = "did not say"


@dataclass(frozen=True)
class Words:
    """All that a promise says. ``makers`` are slugs of partners, in their order; of what is asked of families, none.

    ``principle`` is its number; ``owner_role`` who looks after it; ``timescale`` by when, in words.
    """

    principle: int
    text: str
    how_we_know: str = ""
    timescale: str = ""
    owner_role: str = ""
    review_on: date | None = None
    makers: tuple[str, ...] = ()
    asks: bool = False


class WordingLike(Protocol):
    @property
    def principle(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def how_we_know(self) -> str: ...
    @property
    def timescale(self) -> str: ...
    @property
    def owner_role(self) -> str: ...
    @property
    def review_on(self) -> date | None: ...
    @property
    def asks(self) -> bool: ...


def words_of(wording: WordingLike, makers: Iterable[str]) -> Words:
    """What stands in a row, as one value."""
    own = {name: getattr(wording, name) for name in Words.__dataclass_fields__ if name != "makers"}
    return Words(**own, makers=tuple(sorted(makers)))


def exact(words: Words) -> str:
    """The exact text: one line for each thing it says, so that two promises with one text say the same.

    A line break inside goes on after two spaces, so that no words can pass for another line.
    """
    lines = [
        ("We ask that you" if words.asks else "Promise", words.text),
        ("Principle", str(words.principle)),
        ("Made by", ", ".join(sorted(words.makers))),
        ("Looked after by", words.owner_role),
        ("How we will know", words.how_we_know),
        ("By when", words.timescale),
        ("Looked at again on", words.review_on.isoformat() if words.review_on else ""),
    ]
    return "".join(f"{label}: {said.replace(chr(10), chr(10) + '  ')}\n" for label, said in lines)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
