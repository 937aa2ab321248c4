"""What an area may decide. Defaults are those of ``DESIGN.md`` 8; nothing here is Islington's real rule. Pure."""

from enum import StrEnum


class Did(StrEnum):
    SETTING_CHANGED = "area:setting changed"
    OPENED = "area:opened"
    PERIOD_ADDED = "area:calendar period added"
    PERIOD_REMOVED = "area:calendar period removed"


GROUND = "#f7f3eb"
"""The darkest ground on which the brand colour writes words (``--warm`` in ``static/css/app.css``)."""

READABLE = 4.5
"""WCAG 2.2, 1.4.3: contrast of words with what is behind them."""


def can_be_read(colour: str) -> bool:
    """Whether words in ``colour`` (``#rrggbb``) stand out on our grounds, and so white words on it as well."""
    return contrast(colour, GROUND) >= READABLE


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two ``#rrggbb`` colours, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
