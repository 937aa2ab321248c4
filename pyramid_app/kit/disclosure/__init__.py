"""Small-number rules: the only way a count of people reaches a page, a file or a letter.

In here: ``Count`` (a number of people that cannot be printed), ``Limits`` (an area's thresholds) and the
``show…`` functions, which turn counts into a number or into words. Not in here: where counts come from, who may
look, and what a page says around them; breakdowns, which come with the issue that asks for them.
"""

from pyramid_app.kit.disclosure.count import Count
from pyramid_app.kit.disclosure.group import Shown, show
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.disclosure.question import Line, QuestionShown, show_question
from pyramid_app.kit.disclosure.share import show_share

__all__ = [
    "DEFAULTS",
    "Count",
    "Limits",
    "Line",
    "QuestionShown",
    "Shown",
    "show",
    "show_question",
    "show_share",
]
