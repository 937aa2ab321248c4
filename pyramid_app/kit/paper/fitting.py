"""As much as fits on so many pages."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from pyramid_app.kit.paper.document import Document, document


def fitted(kinds: Sequence[Document], folder: Path, most: int) -> bytes:
    """The first of ``kinds`` that takes ``most`` pages or fewer. They are in order, the longest first.

    Raises ``ValueError`` where even the last one is too long.
    """
    first, last = 0, len(kinds) - 1
    best = document(kinds[first], folder)
    if _pages(best) <= most:
        return best
    best = b""
    while first < last:
        middle = (first + 1 + last) // 2
        made = document(kinds[middle], folder)
        if _pages(made) <= most:
            best, last = made, middle - 1
        else:
            first = middle
    if not best:
        raise ValueError(f"Even the shortest takes more than {most} pages.")
    return best


def _pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)
