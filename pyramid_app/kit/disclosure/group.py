"""Decides how the size of a group is shown: the number, "none yet", "fewer than 5", or not at all."""

from dataclasses import dataclass

from pyramid_app.kit.disclosure.count import Count, _firm, _number
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.say import Say


@dataclass(frozen=True)
class Shown:
    """What may be seen. ``words`` can always be printed; ``number`` is None where only words may be shown."""

    number: int | None
    words: Say


def show(count: Count, limits: Limits = DEFAULTS) -> Shown:
    """A group of people, such as the members of a level. 0 says "none yet"; 1 up to the limit never says which.

    Where others came late besides, "fewer than 5" would not be true, and nobody firm is as few as four.
    """
    number = _number(count)
    if number == 0:
        return Shown(0, Say("none yet"))
    if count < limits.group:
        if _firm(count) < number:
            return Shown(None, Say("not shown"))
        return Shown(None, Say("fewer than {n}", n=limits.group))
    return Shown(number, Say("{n}", n=number))
