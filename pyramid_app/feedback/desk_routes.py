"""Filing on the desk: filing is answering."""

from datetime import timedelta
from uuid import UUID

from flask import Response, request
from uuid6 import uuid7

from pyramid_app.base import errors
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.feedback import queries, service
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.forms import NEW, FilingForm
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.rules import propose_cleared
from pyramid_app.kit.texts import london_date
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.models import Topic


@blueprint.route("/desk/voices/<ref>", methods=["GET", "POST"])
@officers
def desk_voice(ref: str) -> Response:
    """One message: its words, where it goes, and the answer that leaves with it."""
    voice = queries.get_voice(house.reading(), ref)
    words = queries.raw_words(house.reading(), voice.id)
    form = _form(voice, words)
    if form.validate_on_submit() and "look" not in request.form:
        try:
            with house.acting() as work:
                service.file_voice(
                    work, voice.id, _topic(work, form), cleared=form.cleared.data or "", note=form.note.data or ""
                )
        except errors.Invalid as refused:
            form.take(refused)
        except errors.Conflict as refused:
            form.take(errors.Invalid({"topic": refused.reason}))
        else:
            return see_other("pages.desk")
    return render(
        "feedback/desk_voice.html", "letter", voice=voice, words=words, form=form, answer=_preview(voice, form),
        status=form.status,
    )  # fmt: skip


@blueprint.post("/desk/voices/<ref>/undo")
@officers
def undo_filing(ref: str) -> Response:
    voice = queries.get_voice(house.reading(), ref)
    with house.acting() as work:
        service.undo_filing(work, voice.id)
    return see_other("feedback.desk_voice", ref=ref)


def _form(voice: Voice, words: str) -> FilingForm:
    until = london_date(house.now()) + timedelta(days=house.area().position_days // 2)
    suggested = {"topic": str(voice.suggested_topic_id)} if voice.suggested_topic_id else {}
    form = FilingForm(cleared=propose_cleared(words), next_word_on=until, **suggested)
    form.offer(topics.current(house.reading()), charter.list_choices(house.reading()))
    return form


def _topic(work: Work, form: FilingForm) -> UUID:
    """The chosen topic, or a new one made in the same act. Raises ``Invalid``."""
    if form.topic.data != NEW:
        return topics.get_topic_by_id(work.session, _uuid(form.topic.data)).id
    return topics_service.start(
        work,
        form.title.data or "",
        next_word_on=form.next_word_on.data or london_date(work.now),
        commitments=form.commitments.data or (),
        outside=form.outside.data or None,
    ).id


def _preview(voice: Voice, form: FilingForm) -> Words:
    """Exactly what will go, for what is chosen now."""
    reading = house.reading()
    if form.topic.data and form.topic.data != NEW:
        topic = topics.get_topic_by_id(reading, _uuid(form.topic.data))
    else:
        title = form.title.data or translate("(the new topic)")
        topic = Topic(id=uuid7(), ref="new", title=title, started_at=house.now(), next_word_on=form.next_word_on.data)
    return service.answer_words(reading, house.now(), house.actor().name, voice, topic, form.note.data or "")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise errors.NotFound from wrong
