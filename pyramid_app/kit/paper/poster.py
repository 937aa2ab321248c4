"""An A4 poster: one question, how to answer it from where you stand, and what becomes of the answers."""

import json
import unicodedata
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

import typst

from pyramid_app.kit.paper.fonts import fonts_in, held

SHEET = Path(__file__).with_suffix(".typ")
KEPT = 32
"""Posters that a process remembers, about 20 kB each: anybody may ask, and each takes some 30 ms to set."""


@dataclass(frozen=True)
class Poster:
    """Sentences are in ``language``, in the order of reading. ``colour`` (``#rrggbb``) is dark enough for white words.

    ``title`` is what somebody wrote, of any length and in any script; ``otherwise`` is said where no font holds its
    letters. ``code`` is an SVG that leads to ``address``, ``code_words`` say so; ``link`` is ``address`` as people
    type it. ``lines`` and ``promises`` have two sentences at the most, and ``promises`` may be empty.
    """

    language: str
    colour: str
    area: str
    greeting: str
    title: str
    otherwise: str
    lines: tuple[str, ...]
    until: str
    code: str
    code_words: str
    scan: str
    type_it: str
    link: str
    address: str
    promises: tuple[str, ...]
    host: str


@lru_cache(maxsize=KEPT)
def poster(facts: Poster, folder: Path) -> bytes:
    """One page of A4 as PDF/UA-1, set in the fonts of ``folder``.

    Signs that no font holds are left out. Raises ``FileNotFoundError`` without fonts, and ``typst.TypstError``
    where a sentence of ours cannot be set.
    """
    fonts = fonts_in(folder)
    line = replace(facts, title=" ".join(facts.title.split()))
    try:
        return _set(line, fonts)
    except typst.TypstError:
        return _set(_without_strangers(line, fonts), fonts)


def _set(facts: Poster, fonts: typst.Fonts) -> bytes:
    said = asdict(facts) | {
        "from_right": _from_right(facts.greeting),
        "title_from_right": _from_right(facts.title),
    }
    sheet = typst.compile(
        SHEET, root=SHEET.parent, font_paths=fonts, ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(said)}, pdf_standards=["ua-1"],
    )  # fmt: skip
    assert isinstance(sheet, bytes)  # noqa: S101  a PDF is one file however many pages it has
    return sheet


def _without_strangers(facts: Poster, fonts: typst.Fonts) -> Poster:
    """What people wrote, with only what can be set."""
    return replace(
        facts,
        area=held(facts.area, fonts),
        title=held(facts.title, fonts) or facts.otherwise,
        promises=tuple(kept for said in facts.promises if (kept := held(said, fonts))),
        host=held(facts.host, fonts),
    )


def _from_right(words: str) -> bool:
    """Whether they are read from the right, by their first letter that has a direction."""
    directions = (unicodedata.bidirectional(sign) for sign in words)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
