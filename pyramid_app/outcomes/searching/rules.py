"""Reading what somebody looks for: words typed into a box, and what narrows the list. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WORDS_AT_MOST = 12
"""Nobody means more; and a pasted page must not become a question to the database."""


def words_of(typed: str) -> list[str]:
    """The words to look for: letters and digits only, so that no sign is read as an operator."""
    return re.findall(r"[^\W_]+", typed.lower())[:WORDS_AT_MOST]


def for_sqlite(words: list[str]) -> str:
    """All of the words, each as a word; the last one may be unfinished."""
    *whole, last = (f'"{word}"' for word in words)
    return " AND ".join([*whole, f"{last}*"])


def for_postgresql(words: list[str]) -> str:
    """The same for ``to_tsquery``."""
    *whole, last = words
    return " & ".join([*whole, f"{last}:*"])


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty: everything."""

    words: str = ""
    state: str = ""
    promise: int | None = None
    year: int | None = None

    @property
    def narrowed(self) -> bool:
        return self != Wanted()

    @property
    def in_address(self) -> dict[str, str | int]:
        """The same for the links of the pages."""
        return {name: value for name, value in vars(self).items() if value}


def read_wanted(typed: Mapping[str, str], states: Sequence[str]) -> Wanted:
    """What the address of the page asks for; what makes no sense is left out."""
    state = typed.get("state", "")
    return Wanted(
        words=typed.get("words", "")[:200].strip(),
        state=state if state in states else "",
        promise=_number(typed.get("promise", "")),
        year=_number(typed.get("year", "")),
    )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) and int(text) else None
