"""Reading what somebody types into a search box. Pure."""

import re

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
