"""The desk's door to a vote on drafts of the charter, written like any other consultation; polls under a draft."""

from uuid import UUID

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter.drafting import queries as charter
from pyramid_app.charter.handing import queries as handing
from pyramid_app.polls import drafts
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.ratifying import service
from pyramid_app.polls.ratifying.forms import RatifyForm
from pyramid_app.topics import queries as topics


@blueprint.post("/drafts/<ref>/polls")
@signed_in
def under_draft(ref: str) -> Response:
    """The polls that a draft rests on."""
    draft, _part = charter.get_draft(house.reading(), ref, house.actor(), house.now())
    refs = request.form.getlist("polls")
    chosen = [poll.id for poll in drafts.can_be_under(house.reading()) if poll.ref in refs]
    with house.acting() as work:
        drafts.rest_on(work, draft.id, chosen)
    return see_other("pages.draft", ref=ref)


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
