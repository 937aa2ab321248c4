"""From how many people on a number may be shown: DESIGN 8 "Small numbers", overruled by an area's own settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """All in people, all "at least this many"."""

    question_answers: int = 10
    """answers to a question before any of its totals are shown"""
    option: int = 5
    """people behind one option, else it is counted together with others"""
    dissent: int = 2
    """people who answered and did *not* choose an option, else everybody's answer would be known"""
    percentages: int = 30
    """answers before percentages stand beside the numbers"""
    group: int = 5
    """people in any other group that is counted"""
    breakdown_answers: int = 20
    """people who shared a fact before a question is shown by it"""
    step: int = 5
    """people by which a number that is shown day after day goes up or down"""
    whole_rounds: int = 50
    """rankings from which on every round of their count is shown"""


DEFAULTS = Limits()
