"""Which fonts paper is set in, and which words they hold: no sheet shows an empty box in place of a sign."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import typst

FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Bengali")
"""As in ``poster.typ``. The first also holds Greek, Cyrillic and Devanagari."""

_STRANGERS = frozenset({"Cf", "Cn", "Co", "Cs", "Me", "Sk", "So"})
"""Unicode's categories of pictures and of what is not seen. Cf also holds marks of scripts that are read:"""
_MARKS = frozenset("\u200c\u200d\u200e\u200f")
_PICTURE_STYLES = frozenset(map(chr, range(0xFE00, 0xFE10)))
_LONE_JOINERS = re.compile("(?<!\\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\\S)")
_LINE = '#set document(title: "-")\n#set text(font: {}, fallback: false)\n#sys.inputs.words'


@cache
def fonts_in(folder: Path) -> typst.Fonts:
    """The fonts of ``folder`` and its folders; raises ``FileNotFoundError`` where one of ``FAMILIES`` is not there."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    missing = set(FAMILIES) - set(fonts.families())
    if missing:
        raise FileNotFoundError(f"{folder} lacks {', '.join(sorted(missing))}: make setup fetches it.")
    return fonts


def held(words: str, fonts: typst.Fonts) -> str:
    """``words`` if ``fonts`` hold every sign; else without pictures and unseen signs; empty if letters are missing."""
    return next((said for said in (words, _plain(words)) if _can_be_set(said, fonts)), "")


def _plain(words: str) -> str:
    seen = (" " if unicodedata.category(sign) == "Cc" else sign for sign in words if _is_seen(sign))
    return " ".join(_LONE_JOINERS.sub("", "".join(seen)).split())


def _is_seen(sign: str) -> bool:
    return sign in _MARKS or not (unicodedata.category(sign) in _STRANGERS or sign in _PICTURE_STYLES)


def _can_be_set(words: str, fonts: typst.Fonts) -> bool:
    families = "(" + "".join(f'"{family}", ' for family in FAMILIES) + ")"
    try:
        typst.compile(
            _LINE.format(families).encode(), font_paths=fonts, ignore_system_fonts=True,
            sys_inputs={"words": words}, pdf_standards=["ua-1"],
        )  # fmt: skip
    except typst.TypstError:
        return False
    return True
