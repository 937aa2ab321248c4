"""Pages of text: headings, paragraphs, quotes, lists and tables, as a tagged PDF."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from pyramid_app.kit.paper.fonts import fonts_in, held

SHEET = Path(__file__).with_suffix(".typ")


@dataclass(frozen=True)
class Heading:
    """``level`` 1 is the title of the whole, once and first; no level is left out on the way down."""

    words: str
    level: int = 2


@dataclass(frozen=True)
class Para:
    words: str


@dataclass(frozen=True)
class Quote:
    """What somebody said."""

    words: str


@dataclass(frozen=True)
class Items:
    items: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Every row is as long as the header."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Numbered:
    """Words that are known by their number, with smaller lines about them; it stays on one page."""

    number: str
    words: str
    lines: Sequence[str] = ()


Part = Heading | Para | Quote | Items | Table | Numbered
KINDS = {
    Heading: "heading", Para: "para", Quote: "quote", Items: "items", Table: "table", Numbered: "numbered",
}  # fmt: skip


@dataclass(frozen=True)
class Document:
    """``colour`` (``#rrggbb``) is dark enough on white. Sentences are in ``language``, in the order of reading.

    ``small``: more on a page, for a few pages that people carry to a meeting.
    """

    language: str
    colour: str
    area: str
    title: str
    parts: Sequence[Part]
    small: bool = False


def document(facts: Document, folder: Path) -> bytes:
    """A4 as PDF/UA-1, set in the fonts of ``folder``; signs that no font holds are left out.

    Raises ``FileNotFoundError`` without fonts, and ``ValueError`` for a table whose rows differ in length.
    """
    fonts = fonts_in(folder)
    said = {**vars(facts), "parts": [_part(part) for part in facts.parts]}
    try:
        return _set(said, fonts)
    except typst.TypstError:
        return _set(_without_strangers(said, fonts), fonts)


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, Table) and any(len(row) != len(part.header) for row in part.rows):
        raise ValueError("Every row of a table is as long as its header.")
    return {"kind": KINDS[type(part)], **vars(part)}


def _set(said: dict[str, Any], fonts: typst.Fonts) -> bytes:
    pages = typst.compile(
        SHEET, root=SHEET.parent, font_paths=fonts, ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(said)}, pdf_standards=["ua-1"],
    )  # fmt: skip
    assert isinstance(pages, bytes)  # noqa: S101  a PDF is one file however many pages it has
    return pages


def _without_strangers(said: Any, fonts: typst.Fonts) -> Any:
    """Every text in it, line by line, with only what can be set."""
    if isinstance(said, dict):
        kept = ("kind", "language", "colour")
        return {name: one if name in kept else _without_strangers(one, fonts) for name, one in said.items()}
    if isinstance(said, list | tuple):
        return [_without_strangers(one, fonts) for one in said]
    return "\n".join(held(line, fonts) for line in said.split("\n")) if isinstance(said, str) else said
