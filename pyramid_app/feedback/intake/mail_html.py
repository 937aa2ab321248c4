"""The words of an HTML mail, whatever its writer's program left open in it. Pure.

The standard library's parser takes the square of the length over tags that never end, so tags are found by patterns
of which none reads a sign twice.
"""

import re
from collections.abc import Iterator
from html import unescape

_TAG = re.compile(
    r"<(/?)([A-Za-z][A-Za-z0-9:]{0,30}+)(?=[\s/>])(?>(?:[^<>\"']|\"[^<\"]*+\"|'[^<']*+')*+>|[^<>]*+>)|<[!?][^<>]*+>"
)
_SPACE = re.compile(r"\s+")
_AT_LINE_ENDS = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")
_BLOCKS = frozenset((
    "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
))  # fmt: skip
_APART = frozenset(("p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"))
"""A blank line stands between these and what follows."""
_SILENT = tuple(
    (re.compile(opens, re.IGNORECASE), re.compile(closes, re.IGNORECASE))
    for opens, closes in (
        ("<!--", "-->"),
        (r"<style[\s>]", r"</style\s{0,9}>"),
        (r"<script[\s>]", r"</script\s{0,9}>"),
        (r"<title[\s>]", r"</title\s{0,9}>"),
    )
)
"""What nobody sees, from its beginning to its end."""


def without_tags(html: str) -> str:
    """The text, with lines where blocks begin and end; what is left open hides nothing that follows it."""
    for opens, closes in _SILENT:
        html = _without(html, opens, closes)
    said = _AT_LINE_ENDS.sub("\n", "".join(_said(html)))
    return _BLANK_LINES.sub("\n\n", said).strip() + "\n"


def _without(html: str, opens: re.Pattern[str], closes: re.Pattern[str]) -> str:
    kept, at = list[str](), 0
    while (start := opens.search(html, at)) and (end := closes.search(html, start.end())):
        kept.append(html[at : start.start()])
        at = end.end()
    return "".join([*kept, html[at:]])


def _said(html: str) -> Iterator[str]:
    at = 0
    for tag in _TAG.finditer(html):
        yield _SPACE.sub(" ", unescape(html[at : tag.start()]))
        at, name = tag.end(), (tag[2] or "").lower()
        if name in _BLOCKS:
            yield "\n\n" if tag[1] and name in _APART else "\n"
    yield _SPACE.sub(" ", unescape(html[at:]))
