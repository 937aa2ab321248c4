"""What the doors to a paper share: reading the answers from a form, and showing paper, check page and refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.render import render, translate
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.answering.service import Raw
from pyramid_app.polls.kinds import NOT_SURE
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import Paper
from pyramid_app.polls.rules import State, state_of

PREFIX = "q-"
"""Before a question's id in the name of its box."""


@dataclass(frozen=True)
class Door:
    """By which way somebody is here, and where its forms lead. ``sent_to``: the masked address of a pass."""

    kind: str
    paper: str
    check: str
    cast: str
    sent_to: str = ""


@dataclass(frozen=True)
class Refusals:
    """The errors of a paper, in the shape that ``components/errors.html`` shows."""

    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> None:
        """A paper has no date boxes."""


def sent_answers() -> Raw:
    """The boxes of a paper, by question id."""
    return {name.removeprefix(PREFIX): request.form.getlist(name) for name in request.form if name.startswith(PREFIX)}


def refusals(refused: errors.Invalid) -> Refusals:
    return Refusals({PREFIX + question: [translate(say)] for question, say in refused.fields.items()})


def said(paper: Paper, raw: Raw) -> list[tuple[str, list[str]]]:
    """What was chosen, in the words of the paper; what is not on the paper is left out."""
    shown = []
    for question in paper.questions:
        names = {option.id.hex: option.name for option in paper.options[question.id]}
        names[NOT_SURE] = translate("I am not sure")
        shown.append((question.text, [names[one] for one in raw.get(question.id.hex, ()) if one in names]))
    return shown


def paper_page(poll: Poll, door: Door, raw: Raw, refused: Refusals | None = None, **more: Any) -> Response:
    """The questions. With ``refused`` it says what to mend; what was chosen stays chosen."""
    paper = queries.paper_of(house.reading(), poll)
    usual = {"problem": None, "answered": False, "waiting": False, "status": 422 if refused else 200}
    values: dict[str, Any] = {**usual, **more}
    return render(
        "polls/paper.html", "main", poll=poll, paper=paper, door=door, raw=raw, form=refused or Refusals(), **values
    )


def check_page(poll: Poll, door: Door, raw: Raw, **more: Any) -> Response:
    """ "Check your answer", before anything is kept."""
    paper = queries.paper_of(house.reading(), poll)
    values: dict[str, Any] = {"form": None, "carried": "", **more}
    return render(
        "polls/check.html", "main", poll=poll, paper=paper, door=door, raw=raw, said=said(paper, raw), **values
    )


def refused_page(poll: Poll | None, reason: Say, raw: Raw, *, status: int = 409) -> Response:
    """A kind page with a way on; answers that were on their way stay on the screen."""
    paper = queries.paper_of(house.reading(), poll) if poll and raw else None
    shown = [line for line in said(paper, raw) if line[1]] if paper else []
    closed = poll is not None and state_of(poll, house.now()) in {State.CLOSED, State.COUNTED}
    return render("polls/refused.html", "main", poll=poll, reason=reason, said=shown, closed=closed, status=status)


def thanks_page(poll: Poll, door: Door) -> Response:
    return render("polls/thanks.html", "main", poll=poll, door=door)
