"""The desk's door to a vote on drafts of the charter; the rest is written like any other consultation."""

from uuid import UUID

from flask import Response

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter.handing import queries as handing
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.ratifying import service
from pyramid_app.polls.ratifying.forms import RatifyForm
from pyramid_app.topics import queries as topics


@blueprint.route("/desk/polls/ratify", methods=["GET", "POST"])
@officers
def desk_ratify() -> Response:
    """Choose the drafts; what the page says about them is written on the next one."""
    session, form = house.reading(), RatifyForm()
    form.topic.choices = [(str(topic.id), topic.title) for topic in topics.current(session)]
    form.drafts.choices = [(str(draft.id), draft.title) for draft in handing.ready_to_vote(session, house.now())]
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                chosen = [UUID(one) for one in form.drafts.data or []]
                poll = service.propose(work, UUID(form.topic.data), form.title.data or "", chosen)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("polls.desk_edit", ref=poll.ref)
    return render("polls/desk_ratify.html", "main", form=form, status=form.status)
