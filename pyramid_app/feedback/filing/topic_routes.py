"""A topic on the desk: its voices with their words, some moved to a topic of their own, two topics become one."""

from uuid import UUID

from flask import Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.filing import queries, service
from pyramid_app.feedback.filing.forms import MergingForm, NewTopicForm
from pyramid_app.feedback.filing.routes import next_word_by_rule, start_topic, topic_named, uuid_or_404
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.models import Topic


@blueprint.get("/desk/topics/<ref>")
@officers
def desk_topic(ref: str) -> Response:
    """What was said about a topic, raw and cleared; and what an officer can do with it."""
    return _page(topics.get_topic(house.reading(), ref), _new_topic(), MergingForm(formdata=None))


@blueprint.post("/desk/topics/<ref>/split")
@officers
def split(ref: str) -> Response:
    """The ticked messages get a topic of their own."""
    topic, form, made = topics.get_topic(house.reading(), ref), _new_topic(), list[str]()

    def move(work: Work) -> None:
        new = start_topic(work, form, split_from_id=topic.id)
        service.split(work, topic.id, [uuid_or_404(one) for one in request.form.getlist("voices")], new.id)
        made.append(new.ref)

    if acted(form, move):
        return see_other("feedback.desk_topic", ref=made[0])
    return _page(topic, form, MergingForm(formdata=None))


@blueprint.post("/desk/topics/<ref>/merge")
@officers
def merge(ref: str) -> Response:
    """This topic becomes part of another one."""
    topic, form = topics.get_topic(house.reading(), ref), MergingForm()
    into = list[str]()

    def merge_both(work: Work) -> None:
        into.append(topics_service.merge(work, topic.id, topic_named(work, form.into.data or "", "into").id).ref)

    if acted(form, merge_both):
        return see_other("feedback.desk_topic", ref=into[0])
    return _page(topic, _new_topic(), form)


def _new_topic() -> NewTopicForm:
    form = NewTopicForm(next_word_on=next_word_by_rule())
    form.offer_promises(charter.list_choices(house.reading()))
    return form


def _page(topic: Topic, form: NewTopicForm, merging: MergingForm) -> Response:
    reading = house.reading()
    into = topics.get_topic_by_id(reading, topic.merged_into_id) if topic.merged_into_id else None
    ticked: set[UUID] = {uuid_or_404(one) for one in request.form.getlist("voices")}
    return render(
        "feedback/desk/topic.html", topic=topic, into=into, filed=queries.filed_under(reading, topic.id), form=form,
        merging=merging, ticked=ticked, merged=topics.merged_into(reading, topic.id), current=topics.current(reading),
        status=max(form.status, merging.status),
    )  # fmt: skip
