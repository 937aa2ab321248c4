"""A counted poll with what may be shown of it."""

from dataclasses import dataclass

from pyramid_app.kit.disclosure import Count, QuestionShown
from pyramid_app.polls.models import Poll, Question


@dataclass(frozen=True)
class QuestionResult:
    """One question's result; ``labels`` names its lines ("not sure" is named where it is shown)."""

    question: Question
    labels: dict[str, str]
    shown: QuestionShown


@dataclass(frozen=True)
class Result:
    """A counted poll. Counts go through ``disclosure.show``."""

    poll: Poll
    questions: list[QuestionResult]
    on_roll: Count
    answered: Count
    joined_while_open: Count
