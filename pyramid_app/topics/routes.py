"""The list of topics, and following one. A topic's own page shows several capabilities: it is in ``pages``."""

from flask import Blueprint, Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.web.typed import which_page
from pyramid_app.charter.drafting import queries as charter
from pyramid_app.topics import drafts, queries, service

blueprint = Blueprint("topics", __name__)

SIZE = 20


@blueprint.get("/topics")
@anyone
def index() -> Response:
    page, pages = which_page(queries.how_many(house.reading()), SIZE)
    topics = queries.list_topics(house.reading(), page=page, size=SIZE)
    person = house.actor().person_id
    followed = queries.follows(house.reading(), person) if person else set()
    return render("topics/index.html", topics=topics, page=page, pages=pages, followed=followed)


@blueprint.post("/topics/<ref>/true-for-us")
@signed_in
def true_for_us(ref: str) -> Response:
    """It happens to us too; or it does not any more. One tap either way."""
    topic, person = queries.get_topic(house.reading(), ref), house.actor().person_id
    assert person is not None  # noqa: S101  the guard lets nobody else in
    with house.acting() as work:
        (service.not_true if request.form.get("stop") else service.say_true)(work, topic.id, person)
    return see_other("pages.topic", ref=ref)


@blueprint.post("/drafts/<ref>/topics")
@signed_in
def under_draft(ref: str) -> Response:
    """The topics that a draft rests on."""
    draft, _part = charter.get_draft(house.reading(), ref, house.actor(), house.now())
    chosen = [topic.id for topic in queries.list_by_refs(house.reading(), request.form.getlist("topics"))]
    with house.acting() as work:
        drafts.rest_on(work, draft.id, chosen)
    return see_other("pages.draft", ref=ref)


@blueprint.post("/topics/<ref>/follow")
@signed_in
def follow(ref: str) -> Response:
    """Tell me what happens here; or stop telling me."""
    topic, person = queries.get_topic(house.reading(), ref), house.actor().person_id
    assert person is not None  # noqa: S101  the guard lets nobody else in
    with house.acting() as work:
        (service.unfollow if request.form.get("stop") else service.follow)(work, topic.id, person)
    return see_other("pages.topic", ref=ref)
