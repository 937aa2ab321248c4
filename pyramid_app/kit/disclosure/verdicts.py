"""Decides what is shown of a question that families answer while it is shown: did it help, were you told.

Words from 5 answers, numbers from 10 (DESIGN 8 "Small numbers"), in steps of five: an answer more never shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pyramid_app.kit.disclosure.count import Count
from pyramid_app.kit.disclosure.group import Shown
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.disclosure.release import show_live
from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class GrowingShown:
    """Either ``lines``, each answer with what may be seen of it, or ``words`` that say why there are none."""

    words: Say | None
    lines: tuple[tuple[str, Shown], ...] = ()


def show_growing(tallies: Sequence[tuple[str, Count]], limits: Limits = DEFAULTS) -> GrowingShown:
    """From 10 answers each line in steps of five. None, and one to four, read the same: else "everybody said yes"
    would be known of each."""
    if sum((count for _, count in tallies), Count(0)) < limits.question_answers:
        return GrowingShown(_too_few(limits.question_answers))
    return GrowingShown(None, tuple((name, _line(count, limits)) for name, count in tallies))


def show_verdicts(tallies: Sequence[tuple[str, Count]], limits: Limits = DEFAULTS) -> GrowingShown:
    """What families say about what was done: yes, sometimes, no, and those whom it does not concern, in this order.

    Only those whom it concerns are enough, or too few, for words and numbers.
    """
    (_, yes), (_, sometimes), (_, no), _unused = tallies
    judged = yes + sometimes + no
    if judged < limits.group:
        return GrowingShown(_too_few(limits.group))
    if judged < limits.question_answers:
        return GrowingShown(_leaning(yes, no))
    return show_growing(tallies, limits)


def _line(count: Count, limits: Limits) -> Shown:
    return Shown(None, Say("fewer than {n}", n=limits.group)) if count < limits.group else show_live(count, limits)


def _leaning(yes: Count, no: Count) -> Say:
    if yes > no:
        return Say("More families say yes than no. They are few, so we don't show numbers.")
    if no > yes:
        return Say("More families say no than yes. They are few, so we don't show numbers.")
    return Say("Families don't lean either way. They are few, so we don't show numbers.")


def _too_few(limit: int) -> Say:
    """The same for nobody: who answered first would be known."""
    return Say("Fewer than {n} families have told us so far. In a small group someone could be known.", n=limit)
