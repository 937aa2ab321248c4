"""A PDF is kept as it came, so one that could do more than be read is refused."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from pyramid_app.base.errors import Invalid
from pyramid_app.base.files.rules import ACTIVE_PDF, BROKEN_PDF, LOCKED_PDF

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a stranger's file is no news of ours

MOST_OBJECTS = 20_000
"""Some seconds of looking; a scanned report has hundreds, a long tagged one thousands."""
MOST_SIGNS, MOST_NESTED = 400_000, 200
"""Names and beginnings of lists in the bytes, before a parser sees them; and how deep one may lie in another. Within
the noise of a picture of 5 MB stand some tens of thousands, never deep."""
ACTIVE = {
    "/JavaScript", "/JS", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/Launch", "/RichMedia", "/XFA",
    "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
}  # fmt: skip
"""Names under which a PDF holds programs, forms with programs or that are sent somewhere, other files, or starts
something: programs, and files on another machine, for which Windows shows a password."""
PLAIN = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|Launch|RichMedia|SubmitForm|ImportData|GoTo[RE])(?![A-Za-z])")
EDGE = re.compile(rb"<<|>>")
"""The same, looked for in the bytes: a reader that mends a broken PDF finds parts that no table of it names."""
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def is_pdf(data: bytes) -> bool:
    """The sign may stand a little after the start."""
    return b"%PDF-" in data[:1024]


def look_through(data: bytes) -> None:
    """Raises ``Invalid`` where the PDF is broken, locked, or holds more than pages."""
    if data.count(b"/") + data.count(b"[") > MOST_SIGNS or _depth(data) > MOST_NESTED:
        raise Invalid({"file": BROKEN_PDF})
    try:
        found = _what_is_in(data)
    except Invalid:
        raise
    except Exception as broken:  # a parser may stumble in any way over what strangers made
        raise Invalid({"file": BROKEN_PDF}) from broken
    if found & (ACTIVE | {OPENS_AN_ADDRESS}) or PLAIN.search(ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), data)):
        raise Invalid({"file": ACTIVE_PDF})


def _what_is_in(data: bytes) -> set[str]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        raise Invalid({"file": LOCKED_PDF})
    places = {(number, generation) for generation, of in reader.xref.items() for number in of}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MOST_OBJECTS:
        raise Invalid({"file": BROKEN_PDF})
    found = {name for place in places for name in _names(reader.get_object(IndirectObject(*place, reader)))}
    if "/Pages" not in reader.root_object or "/Page" not in found:
        raise Invalid({"file": BROKEN_PDF})
    return found | _by_itself(reader.root_object)


OPENS_AN_ADDRESS = "an address that opens by itself"


def _by_itself(root: DictionaryObject) -> set[str]:
    """What happens when the paper is opened: to turn to a page is fine, everything else asks nobody."""
    first = root.get("/OpenAction")
    first = first.get_object() if first is not None else None
    asks_nobody = isinstance(first, DictionaryObject) and first.get("/S") != "/GoTo"
    return {OPENS_AN_ADDRESS} if asks_nobody or "/AA" in root else set()


def _depth(data: bytes) -> int:
    deepest = depth = 0
    for edge in EDGE.finditer(data):
        depth = depth + 1 if edge[0] == b"<<" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _names(thing: Any) -> Iterator[str]:
    """Every name in one object, without what it only points at."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, DictionaryObject):
            yield from (str(key) for key in one)
            waiting += one.values()
        elif isinstance(one, ArrayObject):
            waiting += one
        elif isinstance(one, NameObject):
            yield str(one)
