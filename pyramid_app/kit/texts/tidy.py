"""What comes from other programs, without signs that nobody sees: two texts that look alike are alike. Pure."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")

_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
"""Letters and marks by their kind, which nobody sees; notes between lines; what is no character; tags."""
_NOTHING = frozenset(("Cc", "Cf", "Cn", "Co", "Cs"))
"""Kinds of signs that show nothing, or turn the words after them round: controls, halves, what no script has yet."""
_SEEN = re.compile("[\n\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u200c-\u200f\U0001f000-\U0001fbff]")
"""Of those kinds: signs of numbers and verses, what is looked at below, and pictures that are newer than our tables."""
_JOINERS = re.compile("[\u200c\u200d]")
_MARKS = re.compile("[\u061c\u200e\u200f]")

# Arabic and its neighbours, the scripts of South Asia, Tibetan, Burmese, Khmer, Mongolian: there a joiner is spelling.
_JOINED = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe]")
_VIRAMA = 9
_PICTURE = re.compile("[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001fbff]")


def tidy(text: str) -> str:
    """Words as somebody meant them: nothing unseen in them, one space between two words, one blank line at the most."""
    lines = (" ".join(line.split()) for line in without_unseen(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def without_unseen(text: str) -> str:
    """The text line by line, spaces where they were: NFC, without controls and zero-width signs, and without those
    that turn the order of other signs round. Spaces that do not break become plain ones.
    """
    plain = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
    if plain.isascii():
        return _CONTROLS.sub("", plain)
    plain = "".join(_shown(sign) for sign in _UNSEEN.sub("", plain))
    if not any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in plain if not _MARKS.match(sign)):
        plain = _MARKS.sub("", plain)
    return unicodedata.normalize("NFC", _JOINERS.sub(_joiner, plain))


_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Zs":
        return " "
    return "" if kind in _NOTHING and not _SEEN.match(sign) else sign


def _joiner(found: re.Match[str]) -> str:
    """A joiner stays between two letters of a script that needs it, after the sign that takes a vowel away, and between
    two pictures that it makes one.
    """
    text, at = found.string, found.start()
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if _PICTURE.match(before) and _PICTURE.match(after):
        return found[0]
    if not _JOINED.match(before):
        return ""
    return found[0] if _JOINED.match(after) or unicodedata.combining(before) == _VIRAMA else ""
