"""A topic's steps on the desk: promise one; change its day, say it is done, stop it."""

from collections.abc import Callable
from uuid import UUID

from flask import Response

from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form, acted
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.steps import queries, service
from pyramid_app.outcomes.steps.forms import DoneForm, MoveForm, StepForm, StopForm
from pyramid_app.partners import queries as partners
from pyramid_app.partners.models import Partner
from pyramid_app.topics import queries as topics


@blueprint.route("/desk/topics/<ref>/steps", methods=["GET", "POST"])
@officers
def steps(ref: str) -> Response:
    """What happens next on this topic, and promising one more step."""
    topic, form = topics.get_topic(house.reading(), ref), StepForm()
    form.offer(_partners())
    if acted(form, lambda work: service.add(work, topic.id, form.draft())):
        return see_other("outcomes.steps", ref=ref)
    lines = queries.of_topic(house.reading(), topic.id, london_date(house.now()))
    return render("outcomes/steps/desk.html", "main", topic=topic, steps=lines, form=form, status=form.status)


@blueprint.route("/desk/topics/<ref>/steps/<uuid:step_id>/date", methods=["GET", "POST"])
@officers
def step_date(ref: str, step_id: UUID) -> Response:
    form = MoveForm()
    return _step_page(
        "date", ref, step_id, form, lambda work: service.move(work, step_id, form.due_on.data, form.because.data or "")
    )


@blueprint.route("/desk/topics/<ref>/steps/<uuid:step_id>/done", methods=["GET", "POST"])
@officers
def step_done(ref: str, step_id: UUID) -> Response:
    form = DoneForm()
    return _step_page(
        "done", ref, step_id, form,
        lambda work: service.finish(work, step_id, form.done_on.data, form.evidence.data or ""),
    )  # fmt: skip


@blueprint.route("/desk/topics/<ref>/steps/<uuid:step_id>/stop", methods=["GET", "POST"])
@officers
def step_stop(ref: str, step_id: UUID) -> Response:
    form = StopForm()
    return _step_page("stop", ref, step_id, form, lambda work: service.stop(work, step_id, form.because.data or ""))


def _partners() -> list[Partner]:
    """Those that are partners today."""
    today = london_date(house.now())
    return [one for one in partners.list_partners(house.reading()) if one.ended_on is None or today < one.ended_on]


def _step_page(name: str, ref: str, step_id: UUID, form: Form, act: Callable[[Work], object]) -> Response:
    topic = topics.get_topic(house.reading(), ref)
    step = queries.get_step(house.reading(), topic.id, step_id)
    if acted(form, act):
        return see_other("outcomes.steps", ref=ref)
    return render(f"outcomes/steps/{name}.html", "main", topic=topic, step=step, form=form, status=form.status)
