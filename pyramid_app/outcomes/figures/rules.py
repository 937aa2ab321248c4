"""Arithmetic of the public figures. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

FIRST_ANSWERS = timedelta(days=365)
"""First answers to messages of the last year are looked at."""
WAITS = timedelta(days=14), timedelta(days=28)
AGES = timedelta(days=30), timedelta(days=91), timedelta(days=183)
"""One month, three and six."""
TOPIC_WAITS = ("heard", "working on it")


def median(counted: Iterable[tuple[int, int]]) -> int | None:
    """The middle of values that come as ``(value, how often)``; of two in the middle the larger, as it is worse."""
    ordered = sorted(counted)
    half, seen = sum(number for _, number in ordered) // 2, 0
    for value, number in ordered:
        seen += number
        if seen > half:
            return value
    return None


def percent(part: int, whole: int) -> int:
    """Rounded half up, but 0 only for none and 100 only for all."""
    if part in (0, whole):
        return 100 if part else 0
    return min(max((200 * part + whole) // (2 * whole), 1), 99)


def told_window(today: date, from_ago: timedelta, until_ago: timedelta) -> tuple[date, date]:
    """Whole London days: those who spoke on the first one or later, and before the second."""
    return today - from_ago, today - until_ago
