"""Decides when a share of people may be shown as a whole percentage, and how it is rounded."""

from pyramid_app.kit.disclosure.count import Count, _number
from pyramid_app.kit.disclosure.group import Shown
from pyramid_app.kit.say import Say


def show_share(part: Count, whole: Count, at_least: int = 10) -> Shown:
    """The told rate (DESIGN 8): ``number`` is a whole percentage, None while ``whole`` is under ``at_least``.

    Raises ``ValueError`` when the part is larger than the whole.
    """
    if part > whole:
        raise ValueError("A part cannot be larger than the whole.")
    if whole < max(at_least, 1):
        waiting = Say("We show this when at least {n} people have been waiting long enough to hear.", n=at_least)
        return Shown(None, waiting)
    percent = whole_percent(_number(part), _number(whole))
    return Shown(percent, Say("{percent}%", percent=percent))


def whole_percent(part: int, whole: int) -> int:
    """Rounded half up, but 0 only for nobody and 100 only for everybody: "everyone was told" must be true."""
    if part in (0, whole):
        return 100 if part else 0
    return min(max((200 * part + whole) // (2 * whole), 1), 99)
