"""What an officer has written so far: the shape in which a form hands a poll's content to the service."""

from dataclasses import dataclass
from datetime import date

from pyramid_app.polls.kinds import QuestionKind


@dataclass(frozen=True)
class OptionDraft:
    name: str
    meaning: str = ""


@dataclass(frozen=True)
class QuestionDraft:
    """Rows that are wholly empty are left out by whoever makes this."""

    text: str
    options: tuple[OptionDraft, ...] = ()
    kind: QuestionKind = QuestionKind.SINGLE
    at_most: int = 1


@dataclass(frozen=True)
class Content:
    """Everything that can be written about a poll but its topic, which is chosen once, and its times."""

    title: str
    why: str = ""
    who_decides: str = ""
    where_decided: str = ""
    decided_on: date | None = None
    can_change: str = ""
    cannot_change: str = ""
    next_what: str = ""
    next_by: date | None = None
    minutes: int = 2
    questions: tuple[QuestionDraft, ...] = ()
