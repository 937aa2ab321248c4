"""Saying something to a draft, answering it, saying whether it is met, and looking at what was reported."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form, acted
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.work import Work
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.commenting import queries, service
from pyramid_app.charter.commenting.forms import AnswerForm, CommentForm, HideForm, ObjectForm, ReportForm
from pyramid_app.charter.commenting.models import Comment
from pyramid_app.charter.commenting.rules import WEIGHTS
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_answer, may_comment, may_hear_objection, may_hide
from pyramid_app.charter.drafting.rules import Part


@blueprint.route("/drafts/<ref>/comments", methods=["GET", "POST"])
@signed_in
def comment(ref: str) -> Response:
    """Say what you think, and how much it matters."""
    draft, part = _get(ref)
    may_comment(part, draft).enforce()
    form = CommentForm()
    form.offer(drafts.text_of(house.reading(), draft).promises)
    said, unnamed = form.text.data or "", bool(form.unnamed.data)
    if acted(form, lambda work: service.say(work, draft.id, said, form.chosen, form.about, unnamed=unnamed)):
        return see_other("pages.draft", ref=ref, said=1, _anchor="comments")
    return render("charter/comments/new.html", draft=draft, form=form, status=form.status)


@blueprint.route("/drafts/<ref>/answers", methods=["GET", "POST"])
@signed_in
def answer_comments(ref: str) -> Response:
    """What came of comments: many alike at once. ``all``: those that were answered before, too."""
    draft, part = _get(ref)
    may_answer(part, draft).enforce()
    said = queries.comments_of(house.reading(), draft.id, drafts.text_of(house.reading(), draft).promises)
    seen = [one for one in said if one.comment.hidden_at is None]
    waiting, form = [one for one in seen if one.comment.came_of is None], AnswerForm()
    form.offer(seen if "all" in request.args else waiting, {one: translate(words) for one, words in WEIGHTS.items()})
    address = house.house().settings.address
    because = form.because.data or ""
    if acted(form, lambda work: service.answer(work, draft.id, form.ticked, form.chosen, because, address)):
        return see_other("charter.answer_comments", ref=ref, answered=1)
    return render(
        "charter/comments/answers.html", draft=draft, form=form, left=len(waiting), answered=len(seen) - len(waiting),
        every="all" in request.args, thanks="answered" in request.args and request.method == "GET", status=form.status,
    )  # fmt: skip


@blueprint.route("/comments/<uuid:comment_id>/report", methods=["GET", "POST"])
@signed_in
def report(comment_id: UUID) -> Response:
    """Ask the team and the chair to look at somebody's words."""
    comment, draft, part = _comment(comment_id)
    if not part.any or comment.hidden_at is not None:
        raise errors.NotFound
    form = ReportForm()
    if acted(form, lambda work: service.report(work, comment_id, form.why.data or "")):
        return see_other("pages.draft", ref=draft.ref, reported=1)
    return render("charter/comments/report.html", draft=draft, comment=comment, form=form, status=form.status)


@blueprint.route("/comments/<uuid:comment_id>/object", methods=["GET", "POST"])
@signed_in
def object_to(comment_id: UUID) -> Response:
    """The author of hidden words asks the chair to look again."""
    comment, draft, _part = _comment(comment_id)
    if comment.by_id != house.actor().person_id or comment.hidden_at is None:
        raise errors.NotFound
    form = ObjectForm()
    if acted(form, lambda work: service.object_to(work, comment_id, form.objection.data or "")):
        return see_other("charter.object_to", comment_id=comment_id)
    return render("charter/comments/object.html", draft=draft, comment=comment, form=form, status=form.status)


@blueprint.get("/desk/comments")
@signed_in
def desk_comments() -> Response:
    """What was reported, and what its author wants to be seen again: for the team and the chair."""
    return _desk(HideForm(formdata=None), None)


@blueprint.post("/desk/comments/<uuid:comment_id>/hide")
@signed_in
def hide(comment_id: UUID) -> Response:
    form, address = HideForm(), house.house().settings.address
    return _decided(comment_id, form, lambda work: service.hide(work, comment_id, form.because.data or "", address))


@blueprint.post("/desk/comments/<uuid:comment_id>/leave")
@signed_in
def leave(comment_id: UUID) -> Response:
    return _decided(comment_id, Form(), lambda work: service.leave(work, comment_id))


@blueprint.post("/desk/comments/<uuid:comment_id>/objection")
@signed_in
def decide_objection(comment_id: UUID) -> Response:
    """The chair's word on it."""
    show, address = request.form.get("show") == "yes", house.house().settings.address
    decide = service.decide_objection
    return _decided(comment_id, Form(), lambda work: decide(work, comment_id, show=show, address=address))


def _decided(comment_id: UUID, form: Form, act: Callable[[Work], object]) -> Response:
    part = _looks_at_reports()
    queries.get_comment(house.reading(), comment_id)
    if acted(form, act):
        return see_other("charter.desk_comments")
    return _desk(form, comment_id, part)


def _desk(form: Form, tried: UUID | None, part: Part | None = None) -> Response:
    part, reading = part or _looks_at_reports(), house.reading()
    found = queries.reported(reading)
    return render(
        "charter/comments/desk.html", reported=found, form=form, tried=tried, weights=WEIGHTS,
        drafts=drafts.list_by_ids(reading, {comment.draft_id for comment, _reports in found}),
        may_decide=bool(may_hear_objection(part)), status=form.status,
    )  # fmt: skip


def _looks_at_reports() -> Part:
    """For anybody else there is no such page."""
    part = drafts.part_of(house.reading(), house.actor(), house.now())
    if not may_hide(part):
        raise errors.NotFound
    return part


def _get(ref: str) -> tuple[Draft, Part]:
    return drafts.get_draft(house.reading(), ref, house.actor(), house.now())


def _comment(comment_id: UUID) -> tuple[Comment, Draft, Part]:
    comment = queries.get_comment(house.reading(), comment_id)
    return comment, *drafts.get_for(house.reading(), comment.draft_id, house.actor(), house.now())
