"""What may be brought, and what has to be said beside it. Pure."""

import unicodedata
from enum import StrEnum

from pyramid_app.kit.say import Say

MOST_BYTES = 5_000_000
WORDS_MOST = 10_000

TOO_LARGE = Say("This file is too large: 5 MB at the most.")
EMPTY = Say("This file is empty.")
NEITHER = Say("We can take a picture (JPEG, PNG, WebP or GIF) or a PDF. This file is neither.")
BROKEN_PICTURE = Say("We cannot open this picture. It may be broken. Save it again as JPEG or PNG, and try that.")
PICTURE_TOO_LARGE = Say("This picture has too many points to open safely. Make it smaller, and try again.")
BROKEN_PDF = Say("We cannot open this PDF. It may be broken. Save it again as PDF, and try that.")
LOCKED_PDF = Say("This PDF is locked, or asks for a password. Save it without a lock, and try again.")
ACTIVE_PDF = Say("This PDF holds a program or other files inside. Print it to a new PDF, and try that.")
GONE = Say("We do not have this file any more. Please choose it again.")


class Kind(StrEnum):
    """What is kept, whatever came; the words are the type under which it is sent."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"


ENDING = {Kind.JPEG: "jpg", Kind.PNG: "png", Kind.PDF: "pdf"}


def what_is_missing(kind: Kind, words: str) -> Say | None:
    """A picture needs a sentence for those who hear the page; a PDF needs its words: many readers cannot open it."""
    if words:
        return None
    if kind is Kind.PDF:
        return Say("Write what the PDF says. Many people cannot open a PDF.")
    return Say("Write in a sentence what the picture shows. Some families hear it read out.")


def size_in_words(size: int) -> str:
    """``120 kB``, ``1.2 MB``: what somebody with little data wants to know before opening it."""
    return f"{max(round(size / 1000), 1)} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def tidy_name(name: str) -> str:
    """What the file was called where it came from: to be shown, never to be opened."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C").strip()[:120]
