"""A PDF is kept as it came, so one that could do more than be read is refused."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from pyramid_app.base.errors import Invalid
from pyramid_app.base.files.rules import ACTIVE_PDF, BROKEN_PDF, LOCKED_PDF

MOST_OBJECTS = 20_000
"""Some seconds of looking; a scanned report has hundreds, a long tagged one thousands."""
ACTIVE = {"/JavaScript", "/JS", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/Launch", "/RichMedia", "/XFA"}
"""Names under which a PDF holds programs, forms with programs, other files, or starts something."""
PLAIN = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|Launch|RichMedia)(?![A-Za-z])")
"""The same, looked for in the bytes: a reader that mends a broken PDF finds parts that no table of it names."""
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def is_pdf(data: bytes) -> bool:
    """The sign may stand a little after the start."""
    return b"%PDF-" in data[:1024]


def look_through(data: bytes) -> None:
    """Raises ``Invalid`` where the PDF is broken, locked, or holds more than pages."""
    try:
        found = _what_is_in(data)
    except Invalid:
        raise
    except Exception as broken:  # a parser may stumble in any way over what strangers made
        raise Invalid({"file": BROKEN_PDF}) from broken
    if found & ACTIVE or PLAIN.search(ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), data)):
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
    return found


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
