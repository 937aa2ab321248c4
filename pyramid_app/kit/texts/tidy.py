"""What comes from other programs, without signs that nobody sees: two texts that look alike are alike. Pure."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; a tab and the ends of lines are dealt with before
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff0-\uffff"  # notes between lines, and what is no character
    "\u202a-\u202e\u2066-\u2069"  # words that are shown in another order than they stand in
    "\ud800-\udfff\U000e0000-\U000e0fff]"  # halves of signs, and tags
)
_JOINERS = re.compile("[\u200c\u200d]")
_MARKS = re.compile("[\u061c\u200e\u200f]")

# Arabic and its neighbours, the scripts of South Asia, Tibetan, Burmese, Khmer, Mongolian: there a joiner is spelling.
_JOINED = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe]")
_VIRAMA = 9


def tidy(text: str) -> str:
    """Words as somebody meant them: nothing unseen in them, one space between two words, one blank line at the most."""
    lines = (" ".join(line.split()) for line in without_unseen(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def without_unseen(text: str) -> str:
    """The text line by line, spaces where they were: NFC, without controls and zero-width signs, and without those
    that turn the order of other signs round. Spaces that do not break become plain ones.
    """
    plain = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text).replace("\t", "    "))
    plain = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in plain)
    if not any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in plain if not _MARKS.match(sign)):
        plain = _MARKS.sub("", plain)
    return unicodedata.normalize("NFC", _JOINERS.sub(_joiner, plain))


def _joiner(found: re.Match[str]) -> str:
    """A joiner stays between two letters of a script that needs it, and after the sign that takes a vowel away."""
    text, at = found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not _JOINED.match(before):
        return ""
    return found[0] if _JOINED.match(after) or unicodedata.combining(before) == _VIRAMA else ""
