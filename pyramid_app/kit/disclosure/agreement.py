"""Decides whether nearly all agree about a statement, or views divide; it never says that everybody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyramid_app.kit import statistics
from pyramid_app.kit.disclosure.count import Count, _mostly_firm, _number
from pyramid_app.kit.statistics import Stances

AT_LEAST = 20
"""People in a group before its view counts."""
NEARLY_ALL = 70
"""Percent of those who answered a statement, passes included."""
A_SIDE = 30
"""Percent from which on a side is one of two."""


class Agreement(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"
    DIVIDED = "divided"
    MIXED = "mixed"


@dataclass(frozen=True)
class Sides:
    """How one group stands to one statement."""

    agree: Count
    disagree: Count
    passed: Count

    @property
    def all(self) -> Count:
        return self.agree + self.disagree + self.passed


def agreement(groups: Sequence[Sides], whole: Sides) -> Agreement:
    """Nearly all (70 %) agree, or disagree, in every shared group of at least 20 people, and in the whole.

    Views divide where both sides have 30 % of those who took one, or where two groups of 20 lean opposite ways.
    Under 20 answers, and where many came late, nothing is said but "mixed": one word for nothing special and for too
    few.
    """
    large = [one for one in (whole, *groups) if _can_tell(one)]
    if not _can_tell(whole):
        return Agreement.MIXED
    if all(_percent(one.agree, one.all) >= NEARLY_ALL for one in large):
        return Agreement.AGREE
    if all(_percent(one.disagree, one.all) >= NEARLY_ALL for one in large):
        return Agreement.DISAGREE
    leans = {_leans(one) for one in large[1:]}
    return Agreement.DIVIDED if _two_sides(whole) or {1, -1} <= leans else Agreement.MIXED


def consensus(groups: Sequence[Sides]) -> float:
    """How much groups agree, by group-aware consensus: for putting statements in order, never for showing."""
    stances = [Stances(_number(one.agree), _number(one.disagree), _number(one.all)) for one in groups]
    return statistics.consensus(stances)


def _can_tell(one: Sides) -> bool:
    return one.all >= AT_LEAST and _mostly_firm(one.all)


def _percent(part: Count, whole: Count) -> float:
    return 100 * _number(part) / max(_number(whole), 1)


def _two_sides(one: Sides) -> bool:
    took = one.agree + one.disagree
    return took >= AT_LEAST and min(_percent(one.agree, took), _percent(one.disagree, took)) >= A_SIDE


def _leans(one: Sides) -> int:
    return (one.agree > one.disagree) - (one.agree < one.disagree)
