"""What an officer has written so far: the shape in which a form hands a poll's content to the service."""

from dataclasses import dataclass, replace
from datetime import date

from pyramid_app.ballots.rules import Roll
from pyramid_app.participation.rules import EVERYBODY, Circle
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.paper import Paper, circle_of
from pyramid_app.polls.rules import PollKind


@dataclass(frozen=True)
class OptionDraft:
    name: str
    meaning: str = ""


@dataclass(frozen=True)
class QuestionDraft:
    """Rows that are wholly empty are left out by whoever makes this. ``at_most``: choices, or characters of text."""

    text: str
    options: tuple[OptionDraft, ...] = ()
    kind: QuestionKind = QuestionKind.SINGLE
    at_most: int = 1
    shuffled: bool = False
    commitment: int | None = None


@dataclass(frozen=True)
class Content:
    """Everything that can be written about a poll but its topic, which is chosen once, and its times.

    ``facts`` are the names of what voters may share (``kinds.facts``). ``circle``: who is asked; that a poll is for
    young people is settled when it is begun.
    """

    title: str
    kind: PollKind = PollKind.POLL
    why: str = ""
    proposal: str = ""
    considered: str = ""
    who_decides: str = ""
    where_decided: str = ""
    decided_on: date | None = None
    can_change: str = ""
    cannot_change: str = ""
    next_what: str = ""
    next_by: date | None = None
    minutes: int = 2
    one_by_one: bool = False
    facts: tuple[str, ...] = ()
    roll: Roll = Roll.OPEN
    circle: Circle = EVERYBODY
    questions: tuple[QuestionDraft, ...] = ()


def content_of(paper: Paper) -> Content:
    """What is stored, to be written over in part."""
    questions = tuple(
        QuestionDraft(
            question.text,
            tuple(OptionDraft(option.name, option.meaning) for option in paper.options[question.id]),
            question.kind,
            question.at_most,
            question.shuffled,
            question.commitment,
        )
        for question in paper.questions
    )
    own = {"questions", "circle", "facts"}
    plain = {name: getattr(paper.poll, name) for name in Content.__dataclass_fields__ if name not in own}
    return Content(**plain, facts=tuple(paper.poll.facts), circle=circle_of(paper.poll), questions=questions)


def with_question(content: Content, at: int, *new: QuestionDraft) -> Content:
    """The content with the question at ``at`` (from 0) replaced; by nothing, to remove it; past the end, added."""
    return replace(content, questions=(*content.questions[:at], *new, *content.questions[at + 1 :]))


def moved(content: Content, at: int, by: int) -> Content:
    """The question at ``at`` one place up (``by`` is -1) or down (1); at either end nothing changes."""
    order = list(content.questions)
    if not (0 <= at < len(order) and 0 <= at + by < len(order)):
        return content
    order[at], order[at + by] = order[at + by], order[at]
    return replace(content, questions=tuple(order))
