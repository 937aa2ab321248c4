"""How long words may be that others pass on: forty words in a newsletter, one text message on a phone. Pure."""

from collections.abc import Callable, Iterable

NEWSLETTER_WORDS = 40
TEXT_SEPTETS = 160
TEXT_UNITS = 70
"""One text message holds 160 signs of the GSM alphabet (3GPP TS 23.038), or 70 sixteen-bit units of any other."""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")
"""Signs that a text message counts twice: an escape goes before them."""

PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\N{NO-BREAK SPACE}": " "}
)


def count_words(text: str) -> int:
    return len(text.split())


def fits_newsletter(text: str) -> bool:
    return count_words(text) <= NEWSLETTER_WORDS


def septets(text: str) -> int | None:
    """How much of a text message these words take; ``None`` where they need signs that GSM does not have."""
    if not set(text) <= GSM | GSM_TWICE:
        return None
    return len(text) + sum(sign in GSM_TWICE for sign in text)


def fits_text_message(text: str) -> bool:
    """Whether one message is enough; in a script that GSM does not have, it holds fewer than half as many signs."""
    size = septets(text)
    return size <= TEXT_SEPTETS if size is not None else len(text.encode("utf-16-le")) // 2 <= TEXT_UNITS


def plain(text: str) -> str:
    """The same with typewriter quotes and dashes: a curly one would more than halve the message."""
    return text.translate(PLAIN)


def first_that_fits(versions: Iterable[str], fits: Callable[[str], bool]) -> str:
    """The first of ``versions``, longest first, that fits; the last one, if none does. There is one at least."""
    shown = ""
    for shown in versions:
        if fits(shown):
            break
    return shown


def ended(title: str) -> str:
    """A title as a sentence: on one line, with a full stop unless it ends already."""
    line = " ".join(title.split())
    return line if line.endswith((".", "?", "!", "…", "؟", "।")) else f"{line}."
