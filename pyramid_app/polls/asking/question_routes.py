"""The questions of a poll that is being written: add one, write it, move it, take it out."""

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.polls import queries
from pyramid_app.polls.asking import service
from pyramid_app.polls.asking.drafts import Content, QuestionDraft, content_of, moved, with_question
from pyramid_app.polls.asking.question_forms import EXPLAINED, KIND_NAMES, SHUFFLED, QuestionForm, question_form
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.kinds import QuestionKind
from pyramid_app.polls.models import Poll
from pyramid_app.polls.rules import State, state_of


@blueprint.route("/desk/polls/<ref>/questions/new/<kind>", methods=["GET", "POST"])
@officers
def desk_question_new(ref: str, kind: str) -> Response:
    if kind not in set(QuestionKind):
        raise errors.NotFound
    poll, content = _draft(ref)
    return _write(poll, content, len(content.questions), QuestionDraft("", kind=QuestionKind(kind)))


@blueprint.route("/desk/polls/<ref>/questions/<int:number>", methods=["GET", "POST"])
@officers
def desk_question(ref: str, number: int) -> Response:
    """One question, by its number on the paper."""
    poll, content = _draft(ref)
    if 1 <= number <= len(content.questions):
        return _write(poll, content, number - 1, content.questions[number - 1])
    sent = request.form.get("kind", "")
    if sent not in set(QuestionKind):
        raise errors.NotFound
    # Somebody has taken it out meanwhile: saving is refused with these words still in their boxes.
    return _write(poll, content, number - 1, QuestionDraft("", kind=QuestionKind(sent)))


@blueprint.post("/desk/polls/<ref>/questions/<int:number>/move")
@officers
def desk_question_move(ref: str, number: int) -> Response:
    """Up, down or out. Refused if somebody has saved since: the number may mean another question now."""
    poll, content = _draft(ref)
    form, step = QuestionForm(), STEPS.get(request.form.get("how", ""))
    changed = moved(content, number - 1, step) if step else with_question(content, number - 1)
    with house.acting() as work:
        service.change(work, poll.id, form.seen, changed)
    return see_other("polls.desk_edit", ref=ref)


STEPS = {"up": -1, "down": 1}


def _write(poll: Poll, content: Content, at: int, question: QuestionDraft) -> Response:
    form = question_form(question, poll.version)
    if "more" in request.form:
        form.options.append_entry()
    elif form.validate_on_submit():
        draft = form.draft(question.kind, question.commitment)
        try:
            with house.acting() as work:
                service.change(work, poll.id, form.seen, with_question(content, at, draft))
        except errors.Conflict as refused:
            form.form_errors.append(translate(refused.reason))
            return _page(poll, at, question.kind, form, 409)
        return see_other("polls.desk_edit", ref=poll.ref)
    return _page(poll, at, question.kind, form, form.status)


def _page(poll: Poll, at: int, kind: QuestionKind, form: QuestionForm, status: int) -> Response:
    return render(
        "polls/desk_question.html", "main", poll=poll, number=at + 1, kind=kind, kind_name=KIND_NAMES[kind], form=form,
        explained=kind in EXPLAINED, can_shuffle=kind in SHUFFLED, status=status,
    )  # fmt: skip


def _draft(ref: str) -> tuple[Poll, Content]:
    """A poll that may still be written. A scheduled one has no such page."""
    poll = queries.get_draft(house.reading(), ref)
    if state_of(poll, house.now()) is not State.WRITTEN:
        raise errors.NotFound
    return poll, content_of(queries.paper_of(house.reading(), poll))
