"""The desk's page "how we considered this"."""

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.considering import queries, service
from pyramid_app.polls.considering.forms import MOST_POINTS, considering_form
from pyramid_app.polls.queries import get_draft, paper_of
from pyramid_app.polls.results.queries import find_document
from pyramid_app.polls.results.words import said
from pyramid_app.polls.rules import PollKind


@blueprint.route("/desk/polls/<ref>/considered", methods=["GET", "POST"])
@officers
def desk_considered(ref: str) -> Response:
    """Each main point with its answer; the result of each question stands beside it."""
    session = house.reading()
    poll = get_draft(session, ref)
    document = find_document(session, poll)
    if poll.kind is not PollKind.CONSULTATION or document is None:
        raise errors.NotFound
    form = considering_form(queries.points_of(session, poll), paper_of(session, poll).questions)
    if "more" in request.form:
        if len(form.points) < MOST_POINTS:
            form.points.append_entry()
            form.points[-1].form.question.choices = form.points[0].form.question.choices
    elif form.validate_on_submit():
        try:
            with house.acting() as work:
                service.consider(work, poll.id, form.drafts(), publish="publish" in request.form)
        except errors.Invalid as refused:
            form.form_errors += [translate(say) for say in refused.fields.values()]
        else:
            return see_other("polls.results" if "publish" in request.form else "polls.desk_considered", ref=ref)
    return render("polls/desk_considered.html", "main", poll=poll, form=form, said=said(document), status=form.status)
