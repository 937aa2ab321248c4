"""Decides how a number that is shown day after day reads, so that two looks never tell what one person did."""

from pyramid_app.kit.disclosure.count import Count, _number
from pyramid_app.kit.disclosure.group import Shown, show
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.say import Say


def show_live(count: Count, limits: Limits = DEFAULTS) -> Shown:
    """A group of people that grows and shrinks while it is shown: in steps of five, "40 or more".

    A reader who subtracts what he sees today from what he saw yesterday, or one chosen group from another, gets
    nothing or ``limits.step`` at least: "12, then 13, on the day my neighbour joined" cannot happen. It is remembered
    nowhere, so nothing can be forgotten when a number falls under the limit and comes back.
    """
    if count < limits.group:
        return show(count, limits)
    number = _number(count)
    shown = number - number % limits.step
    return Shown(shown, Say("{n} or more", n=shown))
