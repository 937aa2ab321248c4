"""Polls that are asked again and again, ready to be written further. Pure."""

from collections.abc import Sequence
from enum import StrEnum

from pyramid_app.polls.asking.drafts import Content, OptionDraft, QuestionDraft
from pyramid_app.polls.kinds import USUAL_LENGTH, QuestionKind


class Pattern(StrEnum):
    CHARTER_CHECK = "charter check"
    CHECK_IN = "check-in"
    DATE = "choose a date"


DID_IT_HAPPEN = (
    OptionDraft("Yes", "It happened for us."),
    OptionDraft("Partly", "It happened sometimes, or only in part."),
    OptionDraft("No", "It did not happen for us."),
    OptionDraft("Not for us", "We did not need it this year."),
)
HOW_WELL = ("Very badly", "Badly", "So-so", "Well", "Very well")


def charter_check(title: str, promises: Sequence[tuple[int, str]]) -> Content:
    """Once a year, for each promise (number, wording): did this happen for you?"""
    questions = tuple(
        QuestionDraft(f"{number}. {wording}"[:300], DID_IT_HAPPEN, commitment=number) for number, wording in promises
    )
    return Content(
        title,
        why="Each year we ask every family which of our promises were kept for them.",
        can_change="What we work on next, and how the promises are worded.",
        minutes=max(2, len(questions) // 3),
        one_by_one=True,
        questions=questions,
    )


def check_in(title: str) -> Content:
    """Once a term: how is it going, and what should we hear?"""
    return Content(
        title,
        why="Once a term we ask every family how things are going.",
        questions=(
            QuestionDraft(
                "How well is your child helped this term?",
                tuple(OptionDraft(name) for name in HOW_WELL),
                QuestionKind.SCALE,
            ),
            QuestionDraft("What should we know?", kind=QuestionKind.TEXT, at_most=USUAL_LENGTH),
        ),
    )


def choose_a_date(title: str) -> Content:
    """Which of some days suit most families; the officer writes the days."""
    return Content(
        title,
        why="We want to meet on a day that suits most families.",
        can_change="The day and the time.",
        questions=(QuestionDraft("Which of these could you come to?", kind=QuestionKind.SEVERAL, at_most=2),),
    )
