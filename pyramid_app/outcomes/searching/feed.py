"""Answers as an Atom feed (RFC 4287): what a reader program shows without anybody coming back to look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Entry:
    """One answer. ``address`` is permanent and names it; ``words`` are plain text."""

    title: str
    address: str
    words: str
    published_at: datetime
    changed_at: datetime


def atom(title: str, author: str, address: str, home: str, entries: Sequence[Entry], now: datetime) -> bytes:
    """``address`` is the feed's own, ``home`` the page that shows the same."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    changed = max((entry.changed_at for entry in entries), default=now)
    _add(feed, "id", address)
    _add(feed, "title", title)
    _add(feed, "updated", _moment(changed))
    _add(_add(feed, "author"), "name", author)
    _add(feed, "link", rel="self", href=address)
    _add(feed, "link", rel="alternate", href=home)
    for one in entries:
        entry = _add(feed, "entry")
        _add(entry, "id", one.address)
        _add(entry, "title", one.title)
        _add(entry, "published", _moment(one.published_at))
        _add(entry, "updated", _moment(one.changed_at))
        _add(entry, "link", rel="alternate", href=one.address)
        _add(entry, "content", one.words, type="text")
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ElementTree.Element, name: str, words: str = "", **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    # XML holds no control characters, whoever typed them.
    element.text = "".join(sign for sign in words if sign in "\n\t" or ord(sign) >= 32) or None
    return element


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
