"""One message on the desk: its words, where it goes, what colleagues say of it. One key, one act."""

from datetime import timedelta
from uuid import UUID

from flask import Response, request
from uuid6 import uuid7

from pyramid_app.accounts import queries as people
from pyramid_app.accounts import staff_queries
from pyramid_app.base import errors
from pyramid_app.base.outbox.words import Words
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.work import Work
from pyramid_app.charter import queries as charter
from pyramid_app.feedback import queries
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.filing import queries as desk
from pyramid_app.feedback.filing import service
from pyramid_app.feedback.filing.forms import NEW, ClearingForm, FilingForm, NewTopicForm, NoteForm, TranslationForm
from pyramid_app.feedback.holding import queries as holding
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import queries as own_child
from pyramid_app.feedback.rules import propose_cleared
from pyramid_app.feedback.suggesting.queries import suggest
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date
from pyramid_app.topics import queries as topics
from pyramid_app.topics import service as topics_service
from pyramid_app.topics.models import Topic

LIKELY = 12
"""Topics with a button of their own; any other is found by its name."""


@blueprint.route("/desk/voices/<ref>", methods=["GET", "POST"])
@officers
def desk_voice(ref: str) -> Response:
    """One message: its words, where it goes, and the answer that leaves with it."""
    voice = queries.get_voice(house.reading(), ref)
    form = filing_form(voice)
    if form.validate_on_submit() and "look" not in request.form:
        try:
            with house.acting() as work:
                topic_id, cleared = _topic(work, form), form.cleared.data or ""
                service.file_voice(work, voice.id, topic_id, cleared=cleared, note=form.note.data or "")
        except errors.Invalid as refused:
            form.take(refused)
        except errors.Conflict as refused:
            form.take(errors.Invalid({"topic": refused.reason}))
        else:
            return see_other("pages.desk")
    return voice_page(voice, form)


def voice_page(
    voice: Voice,
    form: FilingForm,
    *,
    noting: NoteForm | None = None,
    translating: TranslationForm | None = None,
    clearing: ClearingForm | None = None,
) -> Response:
    """The page of one message; the form that was sent keeps what was typed."""
    reading = house.reading()
    waiting = desk.find_waiting(reading, voice.ref, london_date(house.now()))
    notes, staff = desk.notes_of(reading, voice.id), staff_queries.colleagues(reading, None, house.now())
    noting = noting or NoteForm(formdata=None)
    noting.offer(staff, house.actor().person_id)
    forms = (form, noting, translating or TranslationForm(formdata=None), clearing or _clearing(voice))
    return render(
        "feedback/desk/voice.html", "letter", waiting=waiting, voice=voice, form=form, noting=noting,
        translating=forms[2], clearing=forms[3], notes=notes, names=people.names_of(reading, desk.names_in(notes)),
        current=topics.current(reading), held=holding.find_held(reading, voice.id),
        handed=own_child.find_of(reading, voice.id), helpers=own_child.helpers(house.area()),
        colleagues=staff, answer=_preview(voice, form), status=max(one.status for one in forms),
    )  # fmt: skip


@blueprint.post("/desk/voices/<ref>/sort")
@officers
def sort(ref: str) -> Response:
    """One key on the desk: to a topic (with all that look alike), thanks, or nothing that a person wrote."""
    voice, to = queries.get_voice(house.reading(), ref), request.form.get("to", "")
    with house.acting() as work:
        if to == "thanks":
            service.thank(work, voice.id)
        elif to == "not a message":
            service.set_aside(work, voice.id)
        else:
            service.file_block(work, _block(work, voice), uuid_or_404(to))
    return see_other("pages.desk")


def _block(work: Work, voice: Voice) -> dict[UUID, str]:
    """This message and those beside it that were ticked, each with its words without names."""
    refs = [voice.ref, *(ref for ref in request.form.getlist("with") if ref != voice.ref)]
    voices = {one.ref: one for one in (queries.get_voice(work.session, ref) for ref in refs)}
    return {
        one.id: request.form.get(f"cleared-{ref}") or propose_cleared(queries.raw_words(work.session, one.id))
        for ref, one in voices.items()
    }


@blueprint.post("/desk/voices/<ref>/undo")
@officers
def undo(ref: str) -> Response:
    voice = queries.get_voice(house.reading(), ref)
    with house.acting() as work:
        service.undo(work, voice.id)
    return see_other("pages.desk", open=ref)


@blueprint.post("/desk/voices/<ref>/notes")
@officers
def write_note(ref: str) -> Response:
    """A line for colleagues; with a name chosen, a question to her; for what may be urgent, what was done."""
    voice, form = queries.get_voice(house.reading(), ref), NoteForm()
    if acted(form, lambda work: _note(work, voice.id, form)):
        return see_other("feedback.desk_voice", ref=ref)
    return voice_page(voice, filing_form(voice), noting=form)


def _note(work: Work, voice_id: UUID, form: NoteForm) -> None:
    words = form.line.data or ""
    if "seen" in request.form:
        service.see_to(work, voice_id, words)
    elif form.to.data:
        service.ask_colleague(work, voice_id, uuid_or_404(form.to.data), words, house.house().settings.address)
    else:
        service.note(work, voice_id, words)


@blueprint.post("/desk/voices/<ref>/translation")
@officers
def translate_voice(ref: str) -> Response:
    """Words in another language get a translation beside them."""
    voice, form = queries.get_voice(house.reading(), ref), TranslationForm()
    if acted(form, lambda work: service.translate(
            work, voice.id, form.translation.data or "", form.how.data or "")):  # fmt: skip
        return see_other("feedback.desk_voice", ref=ref)
    return voice_page(voice, filing_form(voice), translating=form)


@blueprint.post("/desk/voices/<ref>/cleared")
@officers
def clear_again(ref: str) -> Response:
    """Other words without names, in place; what was said stays."""
    voice, form = queries.get_voice(house.reading(), ref), ClearingForm()
    original = form.original.data or "" if "original" in request.form else None
    if acted(form, lambda work: service.clear_again(work, voice.id, form.cleared.data or "", original)):
        return see_other("feedback.desk_voice", ref=ref)
    return voice_page(voice, filing_form(voice), clearing=form)


@blueprint.post("/desk/voices/<ref>/assign")
@officers
def assign(ref: str) -> Response:
    """Whose message it is."""
    voice, to = queries.get_voice(house.reading(), ref), request.form.get("to", "")
    with house.acting() as work:
        service.assign(work, voice.id, uuid_or_404(to) if to else None)
    return see_other("feedback.desk_voice", ref=ref)


def filing_form(voice: Voice) -> FilingForm:
    """Where this message could go: what earlier choices suggest first, then all that is worked on."""
    reading = house.reading()
    words = queries.raw_words(reading, voice.id)
    suggested = {"topic": str(voice.suggested_topic_id)} if voice.suggested_topic_id else {}
    form = FilingForm(cleared=propose_cleared(words), next_word_on=next_word_by_rule(), **suggested)
    suggested_first = suggest(reading, house.now(), [words])[0]
    form.offer(_likely(voice, suggested_first.topics), charter.list_choices(reading), suggested_first.commitments)
    return form


def _likely(voice: Voice, suggested: list[Topic]) -> list[Topic]:
    """Where it may go: the topic of the poll that brought it, what earlier choices suggest, what was used last."""
    reading = house.reading()
    asked = [topics.get_topic_by_id(reading, voice.suggested_topic_id)] if voice.suggested_topic_id else []
    found = [*asked, *suggested, *desk.lately_used(reading, LIKELY)]
    return list({topic.id: topic for topic in found}.values())[:LIKELY]


def next_word_by_rule() -> object:
    """Half of the time in which an area promises a position."""
    return london_date(house.now()) + timedelta(days=house.area().position_days // 2)


def _clearing(voice: Voice) -> ClearingForm:
    shown = queries.find_cleared(house.reading(), voice.id)
    return ClearingForm(formdata=None, cleared=shown and shown.text, original=shown and shown.original)


def _topic(work: Work, form: FilingForm) -> UUID:
    """The chosen topic, one found by its name, or a new one made in the same act. Raises ``Invalid``."""
    if form.other.data:
        return topic_named(work, form.other.data, "other").id
    if form.topic.data != NEW:
        return topics.get_topic_by_id(work.session, uuid_or_404(form.topic.data)).id
    return start_topic(work, form).id


def topic_named(work: Work, name: str, field: str) -> Topic:
    """Raises ``Invalid`` at ``field`` where none that we work on has that name."""
    topic = topics.find_by_name(work.session, name)
    if topic is None:
        raise errors.Invalid({field: Say("We work on no topic of this name.")})
    return topic


def start_topic(work: Work, form: NewTopicForm, split_from_id: UUID | None = None) -> Topic:
    """A new topic as it was typed. Raises ``Invalid`` by field."""
    return topics_service.start(
        work,
        form.title.data or "",
        next_word_on=form.next_word_on.data or london_date(work.now),
        commitments=form.commitments.data or (),
        outside=form.outside.data or None,
        split_from_id=split_from_id,
    )


def _preview(voice: Voice, form: FilingForm) -> Words:
    """Exactly what will go, for what is chosen now."""
    reading = house.reading()
    if form.topic.data and form.topic.data != NEW:
        topic = topics.get_topic_by_id(reading, uuid_or_404(form.topic.data))
    else:
        title = form.fitting("title") or translate("(the new topic)")
        topic = Topic(id=uuid7(), ref="new", title=title, started_at=house.now(), next_word_on=form.next_word_on.data)
    return service.answer_words(reading, house.now(), house.actor().name, voice, topic, form.fitting("note"))


def uuid_or_404(text: str) -> UUID:
    """An id as a form sends it. Raises ``NotFound``."""
    try:
        return UUID(text)
    except ValueError as wrong:
        raise errors.NotFound from wrong
