"""Decides when a number that grows may be shown anew, so that two releases never tell what one person did."""

from pyramid_app.kit.disclosure.count import Count, _number
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits


def next_release(before: int | None, now: Count, limits: Limits = DEFAULTS) -> int | None:
    """What to show from now on, where ``before`` was shown last (``None``: nothing yet).

    A reader who subtracts two releases learns of nobody or of ``limits.step`` people at least: "12, then 13, on the
    day my neighbour joined" cannot happen. Under ``limits.group`` people nothing is shown, and what was shown stays
    until enough people have left.
    """
    number = _number(now)
    if before is None:
        return number if number >= limits.group else None
    if abs(number - before) < limits.step:
        return before
    return number if number >= limits.group else None
