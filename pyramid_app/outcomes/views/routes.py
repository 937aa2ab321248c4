"""A representative's page: an answer, and what she thinks of it."""

from uuid import UUID

from flask import Response

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.feedback import queries as feedback
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.views import queries, service
from pyramid_app.outcomes.views.forms import ViewForm
from pyramid_app.topics import queries as topics


@blueprint.route("/reps/answers/<uuid:outcome_id>", methods=["GET", "POST"])
@signed_in
def reps_answer(outcome_id: UUID) -> Response:
    """For a representative who was asked. For anybody else there is no such page."""
    session = house.reading()
    mine, outcome = queries.get_asked(session, outcome_id, house.actor().person_id, house.now())
    evidence = outcomes.evidence_of(session, [outcome])
    form = ViewForm(view=mine.view.value if mine.view else None, because=mine.because)
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.say(work, outcome_id, form.chosen, form.because.data or "")
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("outcomes.reps_answer", outcome_id=outcome_id)
    return render(
        "outcomes/views/answer.html", "main", outcome=outcome, mine=mine, form=form, evidence=evidence,
        topic=topics.get_topic_by_id(house.reading(), outcome.topic_id),
        heard=feedback.cleared_voices(house.reading(), outcome.topic_id), status=form.status,
    )  # fmt: skip
