"""How large the pages of a paper are: the same for every page on which an answer stands, and for every answer.

Measured once a process for each poll, by making its pages with the answers that take the most room on them.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response, current_app, request

from pyramid_app.accounts.door import secret
from pyramid_app.ballots import sealing
from pyramid_app.base.web import house
from pyramid_app.kit.say import Say
from pyramid_app.polls import queries
from pyramid_app.polls.answering.forms import StrangerForm
from pyramid_app.polls.answering.passes import read_pass
from pyramid_app.polls.answering.screens import PREFIX, Door, Refusals, check_page, paper_page, refused_page
from pyramid_app.polls.kinds import NOT_SURE, Asked, Boxes, QuestionKind, largest_answers, widest_boxes
from pyramid_app.polls.models import Poll
from pyramid_app.polls.paper import Paper

UNKNOWN = 16 * 1024
"""Pages of a poll that nobody can answer, in bytes: they repeat nothing."""

SPARE = 6 * 1024
"""For what differs from visitor to visitor: who is signed in, with how many hats, and the address that is typed."""

STEP = 2 * 1024
ERROR = "x" * 160
"""As long as the longest sentence about what has to be mended."""

KEPT_AT_ONCE = 1000
_kept: dict[bytes, int] = {}


def room_by_ref(ref: str) -> int:
    """In bytes, of the poll with that reference."""
    return _room(queries.find_poll(house.reading(), ref))


def room_by_pass(token: str) -> int:
    """In bytes, of the poll that this pass opens or once opened."""
    held = read_pass(secret(), token)
    if held and held.ballot_id in _kept:
        return _kept[held.ballot_id]
    return _room(queries.find_by_ballot(house.reading(), held.ballot_id) if held else None)


def _room(poll: Poll | None) -> int:
    if poll is None or poll.ballot_id is None:
        return UNKNOWN
    if poll.ballot_id not in _kept:
        longest = max(len(page.get_data()) for page in _pages(poll))
        while len(_kept) >= KEPT_AT_ONCE:
            _kept.pop(next(iter(_kept)), None)
        _kept[poll.ballot_id] = -(-(longest + SPARE) // STEP) * STEP
    return _kept[poll.ballot_id]


def _pages(poll: Poll) -> Iterator[Response]:
    """Every page on which an answer stands, as a visitor gets it whose answer takes the most room."""
    paper = queries.frozen_paper(house.reading(), poll)
    path = "x" * 150
    widest, door = widest_boxes(paper.asked), Door("pass", path, path, path, sent_to="x" * 80)
    more: dict[str, Any] = {"answered": True, "waiting": True, "problem": Say(ERROR)}
    sent = {"at": str(len(paper.questions) - 1), "address": "x"}
    # A visit of its own: what is measured depends on the poll alone, not on who came first.
    with current_app.test_request_context("/", base_url=request.root_url, method="POST", data=sent):
        for wrong in [[one] for one in paper.questions] if poll.one_by_one else [paper.questions]:
            refused = Refusals({PREFIX + question.id.hex: [ERROR] for question in wrong})
            yield paper_page(poll, door, _all_ticked(paper.asked, widest), refused, **more)
            yield paper_page(poll, door, widest, refused, **more)
        yield paper_page(poll, door, widest, **more)
        form = StrangerForm().for_whom(poll.for_young_people)
        form.validate()
        yield check_page(poll, door, widest, form=form, carried=_carried(paper))
        yield refused_page(poll, Say(ERROR), widest)


def _all_ticked(asked: Asked, widest: Boxes) -> Boxes:
    """More than fits the paper, as somebody may send it who has to mend it then."""
    boxes = {
        question.id.hex: [NOT_SURE, *(option.id.hex for option in asked.options[question.id])]
        for question in asked.questions
        if question.kind in {QuestionKind.SEVERAL, QuestionKind.RANKING}
    }
    return {**widest, **boxes}


def _carried(paper: Paper) -> str:
    """As long as every sealed answer to this paper is while it rides in a page."""
    box = bytes(sealing.size_for(largest_answers(paper.asked)) + sealing.SEALED_BY)
    carried = sealing.Carried(box, bytes(sealing.ROLL_BYTES), int(house.now().timestamp()), str(UUID(int=0)))
    return sealing.write_carried(secret(), paper.poll.ballot_id or b"", carried)
