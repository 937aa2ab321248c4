"""Numbers and days as people type them, and as an address brings them. Pure."""

from datetime import date

LONGEST = 9
"""Digits: such a number fits any column, and no list is so long."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST, LATEST = 1900, 2199
"""Years that something here can be about."""


def whole(typed: object) -> int | None:
    """The whole number that was typed, in the digits of any script; ``None`` for all else, and for one too long."""
    text = "" if typed is None else str(typed).strip()
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None


def number(typed: object) -> int:
    """As ``whole``. Raises ``ValueError``, as a field of a form expects it."""
    found = whole(typed)
    if found is None:
        raise ValueError("no number")
    return found


def day_of(day: str, month: str, year: str) -> date | None:
    """A date as it was typed: the month as a number or by its English name, the year with two digits or four."""
    found = whole(day), _month(month), _year(year)
    try:
        return date(*reversed(found)) if None not in found else None  # type: ignore[arg-type]
    except ValueError:
        return None


def _month(typed: str) -> int | None:
    start = typed.strip().casefold()[:3]
    return MONTHS.index(start) + 1 if start in MONTHS else whole(typed)


def _year(typed: str) -> int | None:
    """Two digits are a year of this century: nothing here is older, and no box asks for a birthday."""
    found = whole(typed)
    if found is None:
        return None
    found += 2000 if found < 100 and len(typed.strip()) == 2 else 0
    return found if EARLIEST <= found <= LATEST else None
