"""Figures about statements in given groups, as Polis publishes them (Small et al. 2021): pure arithmetic.

Who belongs to which group is given: groups found by clustering are not stable (``data.md`` 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt


@dataclass(frozen=True)
class Stances:
    """How many of a group agree, disagree, and answered at all (passes included)."""

    agree: int
    disagree: int
    seen: int

    def __add__(self, other: "Stances") -> "Stances":
        return Stances(self.agree + other.agree, self.disagree + other.disagree, self.seen + other.seen)


@dataclass(frozen=True)
class Figures:
    """``pa``, ``pd``: smoothed shares; ``pat``, ``pdt``: how far from one half (z); ``ra``, ``rd``: against all other
    groups; ``rat``, ``rdt``: how far from them (z)."""

    pa: float
    pd: float
    pat: float
    pdt: float
    ra: float
    rd: float
    rat: float
    rdt: float


def figures(group: Stances, others: Stances) -> Figures:
    """One statement in one group beside all other groups together."""
    return Figures(
        pa=share(group.agree, group.seen),
        pd=share(group.disagree, group.seen),
        pat=_from_half(group.agree, group.seen),
        pdt=_from_half(group.disagree, group.seen),
        ra=share(group.agree, group.seen) / share(others.agree, others.seen),
        rd=share(group.disagree, group.seen) / share(others.disagree, others.seen),
        rat=_apart(group.agree, group.seen, others.agree, others.seen),
        rdt=_apart(group.disagree, group.seen, others.disagree, others.seen),
    )


def share(part: int, whole: int) -> float:
    """Smoothed: of nobody it is one half, and no small group is ever certain."""
    return (part + 1) / (whole + 2)


def consensus(groups: Sequence[Stances]) -> float:
    """Group-aware consensus: the product of every group's share, so that one group's no weighs as much as another's
    yes, however large they are."""
    return prod(share(group.agree, group.seen) for group in groups)


def _from_half(part: int, whole: int) -> float:
    """One-proportion z against one half."""
    return 2 * sqrt(whole + 1) * ((part + 1) / (whole + 1) - 0.5)


def _apart(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """Two-proportion z."""
    here, there = (part + 1) / (whole + 1), (other_part + 1) / (other_whole + 1)
    both = (part + other_part + 2) / (whole + other_whole + 2)
    if both >= 1:
        return 0.0
    return (here - there) / sqrt(both * (1 - both) * (1 / (whole + 1) + 1 / (other_whole + 1)))
