"""Notices: the public list; and on the desk, writing one, seeing its letter, publishing it and taking it back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, request

from pyramid_app.base import errors
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.web.typed import which_page
from pyramid_app.kit.disclosure import Count, show
from pyramid_app.kit.texts import london_date
from pyramid_app.notices import letters, queries, service
from pyramid_app.notices.forms import NoticeForm
from pyramid_app.notices.models import Notice
from pyramid_app.notices.rules import MOST_TOPICS, Content, Reason, state_of
from pyramid_app.participation import queries as participation
from pyramid_app.topics import queries as topics
from pyramid_app.topics.models import Topic

blueprint = Blueprint("notices", __name__)

SIZE = 20


@blueprint.get("/notices")
@anyone
def index() -> Response:
    """Everything that was sent round, the newest first; what is over says so."""
    reading, now = house.reading(), house.now()
    page, pages = which_page(queries.how_many_out(reading, now), SIZE)
    found = queries.list_out(reading, now, skip=(page - 1) * SIZE, most=SIZE)
    return render("notices/index.html", notices=found, today=london_date(now), page=page, pages=pages)


@blueprint.get("/desk/notices")
@officers
def desk_index() -> Response:
    """What is being written, what is leaving and can be taken back, what has left."""
    now = house.now()
    found = [(one, state_of(one, now, london_date(now))) for one in queries.list_newest(house.reading())]
    return render("notices/desk_index.html", notices=found)


@blueprint.route("/desk/notices/new", methods=["GET", "POST"])
@officers
def new() -> Response:
    return _written(None, Content())


@blueprint.route("/desk/notices/<ref>", methods=["GET", "POST"])
@officers
def edit(ref: str) -> Response:
    draft = queries.get_draft(house.reading(), ref)
    return _written(draft, service.content_of(house.reading(), draft))


@blueprint.post("/desk/notices/<ref>/undo")
@officers
def undo(ref: str) -> Response:
    notice = queries.find_by_ref(house.reading(), ref)
    if notice is None:
        raise errors.NotFound
    with house.acting() as work:
        service.take_back(work, notice.id)
    return see_other("notices.edit", ref=ref)


def _written(draft: Notice | None, stored: Content) -> Response:
    """One page to write, look, try and publish; the letter on it is the one that goes."""
    form = NoticeForm(data=vars(stored))
    form.offer(participation.list_levels(house.reading()), _offered(stored))
    if form.validate_on_submit() and "look" not in request.form:
        try:
            return _kept(draft.id if draft else None, form.content())
        except errors.Invalid as refused:
            form.take(refused)
    letter, listeners = _preview(form.content())
    return render(
        "notices/desk_write.html", "letter", form=form, letter=letter, listeners=show(listeners),
        sent="sent" in request.args and request.method == "GET", status=form.status,
    )  # fmt: skip


def _kept(draft_id: UUID | None, content: Content) -> Response:
    """Each button keeps what was written; one sends it to the officer, one publishes it."""
    with house.acting() as work:
        notice = service.write(work, content, draft_id)
        if "try" in request.form:
            service.send_me(work, notice.id)
        if "publish" in request.form:
            service.publish(work, notice.id)
    if "publish" in request.form:
        return see_other("notices.desk_index")
    sent: dict[str, Any] = {"sent": 1} if "try" in request.form else {}
    return see_other("notices.edit", ref=notice.ref, **sent)


def _offered(stored: Content) -> list[Topic]:
    """Topics that are worked on, and those that were chosen before and are settled now."""
    current = topics.current(house.reading())
    known = {topic.ref for topic in current}
    return [*current, *topics.list_by_refs(house.reading(), set(stored.topics) - known)]


def _preview(content: Content) -> tuple[Words, Count]:
    """The letter as somebody without own words gets it, and how many get one."""
    reading = house.reading()
    about = topics.list_by_refs(reading, content.topics)[:MOST_TOPICS]
    levels = {level.slug: level.name for level in participation.list_levels(reading)}
    level = content.level if content.level in levels else None
    found = queries.readers(reading, level, about, house.now())
    reason = Reason(about[0].title) if about else Reason()
    words = letters.notice_words(house.area(), content, reason, levels.get(level or "", ""), house.actor().name)
    return words, queries.how_many_get_it(reading, found)
