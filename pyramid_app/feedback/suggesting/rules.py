"""What suggestions are learned from, when there is enough of it, and the few numbers they rest on. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

ENOUGH_IN_ALL = 200
"""Filed voices before the first suggestion (``walks.md`` 3.2): below that most topics rest on one family's way of
saying it, and the desk would learn to distrust what it is shown."""

ENOUGH_UNDER_A_TOPIC = 5
"""Filed voices before a topic is suggested: with fewer it stands for the words of one or two people."""

NEWEST = 3000
"""So many voices teach, the newest: older ones speak of what an area no longer works on, and each costs time."""

MOST = 3
"""Suggestions for one message: more are no quicker to read than the list of topics."""

LEAN = 0.02
"""How far what people choose often is preferred. Five-fold on 1,000 comments is flat between 0.015 and 0.025."""

DESCRIBED_AS = 5
"""A label's own name and description weigh as much as so many messages under it: flat between 3 and 8."""

LIKE = 0.1
"""The least likeness (a cosine) for a suggestion. Measured: above it the first one is right two times in three, below
it one time in three, and then silence is kinder."""

ALIKE = 0.5
"""Two messages look alike if they share half of their words: shared ÷ √(words of one x words of the other)."""

IN_COMMON = 2
"""Words that two messages share at least, unless all are the same: one word is too little to be alike by."""

Label = TypeVar("Label")


def start_of_the_hour(moment: datetime) -> datetime:
    """What was filed before it teaches: suggestions hold still for an hour, and most slips are undone by then."""
    return moment.replace(minute=0, second=0, microsecond=0)


def enough(filed_under: Iterable[Label]) -> frozenset[Label]:
    """The labels that may be suggested, from those of all filed voices: none before there is enough in all."""
    held = Counter(filed_under)
    if held.total() < ENOUGH_IN_ALL:
        return frozenset()
    return frozenset(label for label, number in held.items() if number >= ENOUGH_UNDER_A_TOPIC)
