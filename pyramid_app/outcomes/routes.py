"""On the desk: answering a topic, or giving it a new date."""

from uuid import UUID

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.files.limits import takes_files
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.feedback import queries as feedback
from pyramid_app.kit.disclosure import show
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes import evidence_routes, letters, queries, service
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.corrections import routes as corrections_routes
from pyramid_app.outcomes.forms import AnswerForm, NewDateForm
from pyramid_app.outcomes.replies import queries as replies
from pyramid_app.outcomes.replies import routes as replies_routes
from pyramid_app.outcomes.searching import routes as searching_routes
from pyramid_app.outcomes.steps import routes as steps_routes
from pyramid_app.outcomes.views import routes as views_routes
from pyramid_app.partners import queries as partners
from pyramid_app.topics import queries as topics

__all__ = [
    "blueprint",
    "corrections_routes",
    "evidence_routes",
    "replies_routes",
    "searching_routes",
    "steps_routes",
    "views_routes",
]


@blueprint.route("/desk/topics/<ref>/answer", methods=["GET", "POST"])
@officers
@takes_files
def answer_topic(ref: str) -> Response:
    """Answer a topic; the page shows one letter as it will go, and how many get it."""
    topic, form = topics.get_topic(house.reading(), ref), AnswerForm()
    _offer(form, topic.id)
    if form.validate_on_submit() and "look" not in request.form:
        try:
            with house.acting() as work:
                service.publish(
                    work, topic.id, form.kept(work), partners=form.partners.data or (), ask_reps=form.ask_reps.data,
                    address=house.house().settings.address,
                )  # fmt: skip
        except errors.Invalid as refused:
            form.take(refused)
        except errors.Conflict as refused:
            form.form_errors.append(translate(refused.reason))
        else:
            return see_other("pages.topic", ref=ref)
    return render(
        "outcomes/answer.html", "letter", topic=topic, form=form, letter=_preview(topic.ref, form),
        heard=feedback.cleared_voices(house.reading(), topic.id),
        listeners=show(queries.how_many_hear(house.reading(), topic.id)),
        status=form.status,
    )  # fmt: skip


def _offer(form: AnswerForm, topic_id: UUID) -> None:
    askable = partners.askable(house.reading(), london_date(house.now()))
    form.offer(askable, replies.who_replied(house.reading(), topic_id))


@blueprint.post("/desk/topics/<ref>/answer/take-back")
@officers
def take_back_answer(ref: str) -> Response:
    """An answer that partners look at does not become public."""
    topic = topics.get_topic(house.reading(), ref)
    with house.acting() as work:
        service.take_back(work, topic.id)
    return see_other("outcomes.answer_topic", ref=ref)


def _preview(ref: str, form: AnswerForm) -> Words:
    """The letter as a family that spoke gets it."""
    topic = topics.get_topic(house.reading(), ref)
    outcome = service.unsaved_outcome(topic.id, form.looked_at(), house.actor(), house.now())
    said = next(iter(feedback.cleared_voices(house.reading(), topic.id, most=1)), None)
    return letters.outcome_words(
        house.area(), topic, outcome, name="", said=said, by=house.actor().name, address=house.house().settings.address
    )


@blueprint.route("/desk/topics/<ref>/date", methods=["GET", "POST"])
@officers
def new_date(ref: str) -> Response:
    """A late topic gets a new date, with a reason that families read."""
    topic, form = topics.get_topic(house.reading(), ref), NewDateForm()
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                address = house.house().settings.address
                service.give_new_date(work, topic.id, form.next_word_on.data, form.why.data or "", address)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.desk")
    words = topics.words_of(house.reading(), topic.id)
    return render("outcomes/new_date.html", "main", topic=topic, form=form, words=words, status=form.status)
