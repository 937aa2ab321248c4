"""What the doors to a paper share: reading the answers from a form, and showing paper, check page and refusal."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request, session

from pyramid_app.ballots.service import Cast
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import clean
from pyramid_app.base.web.render import render, translate
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.answering.places import Came
from pyramid_app.polls.answering.service import Raw, shared_words
from pyramid_app.polls.kinds import KINDS, check_answers
from pyramid_app.polls.kinds.facts import QUESTIONS, SHARE, read_facts
from pyramid_app.polls.models import Option, Poll, Question
from pyramid_app.polls.paper import Paper
from pyramid_app.polls.proposals import AGREEMENTS, proposals_of
from pyramid_app.polls.rules import State, state_of

WAITS = "waits"
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


@dataclass(frozen=True)
class Sheet:
    """What one page of a paper shows. ``at`` counts from 0 where each question has a page of its own."""

    asked: Sequence[tuple[Question, Sequence[Option]]]
    kept: Mapping[str, Sequence[str]]
    facts: bool
    order: str
    pages: int = 1
    at: int = 0

    @property
    def names(self) -> dict[str, str]:
        """The question of each box, where there are several: "choose an answer" would not say to which."""
        return {PREFIX + question.id.hex: question.text for question, _ in self.asked} if len(self.asked) > 1 else {}

    @property
    def last(self) -> bool:
        return self.at + 1 >= self.pages


def sent_answers() -> Raw:
    """The boxes of a paper, by question and option, without control characters: they are shown again."""
    return {
        clean(name.removeprefix(PREFIX)): [clean(value) for value in request.form.getlist(name)]
        for name in request.form
        if name.startswith(PREFIX)
    }


def refusals(refused: errors.Invalid) -> Refusals:
    return Refusals({PREFIX + question: [translate(say)] for question, say in refused.fields.items()})


def said(paper: Paper, raw: Raw) -> list[tuple[str, list[str]]]:
    """What was chosen, in the words of the paper; what does not fit it is left out."""
    shown = []
    for question in paper.questions:
        kind, options = KINDS[question.kind], paper.options[question.id]
        answer = kind.read(question, options, raw)
        if not isinstance(answer, Say) and not kind.wrong(question, options, answer):
            shown.append((question.text, [translate(line) for line in kind.said(options, answer)]))
    shared = read_facts(paper.poll.facts, raw)
    shown += [(translate(QUESTIONS[name.removeprefix(SHARE)]), words) for name, words in shared.items()]
    return shown


def paper_page(poll: Poll, door: Door, raw: Raw, refused: Refusals | None = None, **more: Any) -> Response:
    """The questions. With ``refused`` it says what to mend; what was chosen stays chosen."""
    paper = queries.frozen_paper(house.reading(), poll)
    at = 0
    if poll.one_by_one:
        at, refused = _turn(paper, raw, refused)
    usual = {"problem": None, "answered": False, "waiting": False, "status": 422 if refused else 200}
    proposals = proposals_of(house.reading(), poll)
    return render(
        "polls/paper.html", "main", poll=poll, sheet=_sheet(paper, raw, at), door=door, raw=raw,
        form=refused or Refusals(), fact_questions=QUESTIONS, proposals=proposals, agreements=AGREEMENTS,
        **{**usual, **more},
    )  # fmt: skip


def check_page(poll: Poll, door: Door, raw: Raw, **more: Any) -> Response:
    """ "Check your answer", before anything is kept."""
    paper = queries.frozen_paper(house.reading(), poll)
    values: dict[str, Any] = {"form": None, "carried": "", **more}
    return render("polls/check.html", "main", poll=poll, door=door, raw=raw, said=said(paper, raw), **values)


def refused_page(poll: Poll | None, reason: Say, raw: Raw, *, status: int = 409) -> Response:
    """A kind page with a way on; answers that were on their way stay on the screen."""
    paper = queries.frozen_paper(house.reading(), poll) if poll and raw else None
    shown = said(paper, raw) if paper else []
    closed = poll is not None and state_of(poll, house.now()) in {State.CLOSED, State.COUNTED}
    return render("polls/refused.html", "main", poll=poll, reason=reason, said=shown, closed=closed, status=status)


def thanks_page(poll: Poll, door: Door) -> Response:
    return render("polls/thanks.html", "main", poll=poll, door=door, waits=session.get(WAITS) == poll.ref)


def remember(poll_ref: str, cast: Cast) -> None:
    """In this browser's signed cookie, for the page that says thank you: whether the desk decides about this place."""
    if cast.waits:
        session[WAITS] = poll_ref
    else:
        session.pop(WAITS, None)


def shared_page(poll: Poll, raw: Raw) -> Response:
    """Somebody else has her mailbox and her place on the list; her answers stay on the screen."""
    return refused_page(poll, shared_words(house.reading(), house.now()), raw)


def came() -> Came:
    """How this answer comes."""
    return Came(house.house().settings.secret.get_secret_value(), house.network())


def _turn(paper: Paper, raw: Raw, refused: Refusals | None) -> tuple[int, Refusals | None]:
    """Which page comes now: the one with an error, the one before, or the next if this one is answered well."""
    if refused:
        wrong = [at for at, question in enumerate(paper.questions) if PREFIX + question.id.hex in refused.errors]
        return (wrong or [0])[0], refused
    here, back = _page_number("at"), _page_number("back")
    if back is not None or here is None:
        return min(back or 0, len(paper.questions) - 1), None
    question = paper.questions[min(here, len(paper.questions) - 1)]
    wrong_here = check_answers(paper.asked, raw).errors.get(question.id.hex)
    if wrong_here:
        return here, Refusals({PREFIX + question.id.hex: [translate(wrong_here)]})
    return min(here + 1, _pages(paper) - 1), None


def _pages(paper: Paper) -> int:
    """What may be shared has a page of its own, after the questions."""
    return len(paper.questions) + bool(paper.poll.facts) if paper.poll.one_by_one else 1


def _page_number(name: str) -> int | None:
    typed = request.form.get(name, "")
    return int(typed) if re.fullmatch(r"[0-9]{1,3}", typed) else None


def _sheet(paper: Paper, raw: Raw, at: int) -> Sheet:
    order = _order() if any(question.shuffled for question in paper.questions) else ""
    shown = paper.questions[at : at + 1] if paper.poll.one_by_one else paper.questions
    pages = _pages(paper)
    facts = bool(paper.poll.facts) and at + 1 >= pages
    here = {question.id.hex for question in shown}
    kept = {
        name: values
        for name, values in raw.items()
        if name.partition("-")[0] not in here and not (facts and name.startswith(SHARE))
    }
    asked = [(question, _shuffled(question, paper.options[question.id], order)) for question in shown]
    return Sheet(asked, kept, facts, order, pages, at)


def _order() -> str:
    """Each voter sees shuffled options in an order of her own, and the same one on every page of her paper."""
    sent = request.form.get("order", "")
    return sent if re.fullmatch(r"[0-9a-f]{8}", sent) else secrets.token_hex(4)


def _shuffled(question: Question, options: Sequence[Option], order: str) -> Sequence[Option]:
    if not question.shuffled:
        return options
    return sorted(options, key=lambda option: hashlib.sha256(order.encode() + option.id.bytes).digest())
