"""How wide words are and where their lines break; SVG does not wrap by itself.

Widths are those of Arial, rounded up: a font that is a little wider still fits.
"""

import re
from itertools import groupby
from unicodedata import category, east_asian_width

_WIDTHS = dict.fromkeys("ijlI.,:;'|! ", 0.3) | dict.fromkeys('frt()[]{}-/\\"`', 0.38) | dict.fromkeys("mwMW@%", 0.95)
_SMALL, _CAPITAL, _OTHER_SCRIPT, _WIDE = 0.57, 0.75, 0.68, 1.2


def measure(words: str, size: float, bold: bool = False) -> float:
    """About how wide ``words`` are drawn, in units; never much less."""
    return sum(map(_width, words)) * size * (1.08 if bold else 1)


def wrap(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """``words`` in lines that fit into ``width``; a word longer than a line breaks, after a hyphen if it has one."""
    lines: list[str] = []
    for word in words.split():
        fits = measure(word, size, bold) <= width
        for at, part in enumerate([word] if fits else re.split(r"(?<=[-/])", word)):
            longer = f"{lines[-1]}{'' if at else ' '}{part}" if lines else part
            if lines and measure(longer, size, bold) <= width:
                lines[-1] = longer
            else:
                lines += _pieces(part, width, size, bold)
    return lines


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """The word in as many pieces as it needs; marks have no width, so they stay with their letter."""
    room = width / (size * (1.08 if bold else 1))
    at, used = 0, 0.0
    places: list[tuple[int, str]] = []
    for character in word:
        used += _width(character)
        if used > room and places:
            at, used = at + 1, _width(character)
        places.append((at, character))
    pieces = groupby(places, lambda place: place[0])
    return ["".join(character for _, character in piece) for _, piece in pieces]


def _width(character: str) -> float:
    """In ems."""
    if character in _WIDTHS:
        return _WIDTHS[character]
    if category(character) in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if east_asian_width(character) in "WF":
        return _WIDE
    if character > "\u024f":
        return _OTHER_SCRIPT
    return _CAPITAL if character.isupper() else _SMALL
