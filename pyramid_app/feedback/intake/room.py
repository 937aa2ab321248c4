"""How large the pages are that repeat somebody's words, so that their length tells nothing."""

from pyramid_app.base.web import house

WIDEST = 5
"""Bytes of the widest character in HTML (``&amp;``)."""

PLACES = 2
"""How often a page repeats the words: to be read, and to be sent on."""

AROUND = 24 * 1024
"""Bytes for all the rest of such a page."""

SEVERAL = 64 * 1024
"""Bytes of a page on which a colleague writes down what several people said. Room for thirty people who say as much as
may be would be megabytes: a longer page goes to the next step."""


def room_for_words(**_address: str) -> int:
    """In bytes, for as many characters as a voice may have here."""
    return PLACES * WIDEST * int(house.area().voice_characters) + AROUND


def room_for_several(**_address: str) -> int:
    return SEVERAL
