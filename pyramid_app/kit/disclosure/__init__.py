"""Small-number rules: the only way a count of people reaches a page, a file or a letter.

In here: ``Count`` (a number of people that cannot be printed), ``Limits`` (an area's thresholds) and the ``show…``
functions, which turn counts into numbers or into words: a group, a share, a question, its rounds, a table by what
families shared, a number or a question that grows; ``agreement`` says whether nearly all agree. Not in here: where
counts come from, who may look, and what a page says around them.
"""

from pyramid_app.kit.disclosure.agreement import Agreement, Sides, agreement, consensus
from pyramid_app.kit.disclosure.breakdown import REST, BreakdownShown, Cell, GroupLine, show_breakdown
from pyramid_app.kit.disclosure.count import Count
from pyramid_app.kit.disclosure.group import Shown, show
from pyramid_app.kit.disclosure.limits import DEFAULTS, Limits
from pyramid_app.kit.disclosure.question import Line, QuestionShown, show_question
from pyramid_app.kit.disclosure.ranking import RoundLine, RoundsShown, show_rounds
from pyramid_app.kit.disclosure.release import show_live
from pyramid_app.kit.disclosure.share import show_share
from pyramid_app.kit.disclosure.verdicts import GrowingShown, show_growing, show_verdicts

__all__ = [
    "DEFAULTS", "REST", "Agreement", "BreakdownShown", "Cell", "Count", "GroupLine", "GrowingShown", "Limits", "Line",
    "QuestionShown", "RoundLine", "RoundsShown", "Shown", "Sides", "agreement", "consensus", "show",
    "show_breakdown", "show_growing", "show_live", "show_question", "show_rounds", "show_share", "show_verdicts",
]  # fmt: skip
