"""Telling us something: the fork, the box, hearing back; and where a message stands, for whoever has its reference."""

from typing import Any

from flask import Response, session

from pyramid_app.accounts import door
from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.forms import CodeForm
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries, service
from pyramid_app.feedback.author import HEARING, is_author
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.filing import routes as filing
from pyramid_app.feedback.filing import topic_routes
from pyramid_app.feedback.forms import VoiceForm
from pyramid_app.feedback.holding import routes as holding
from pyramid_app.feedback.holding.forms import ObjectionForm
from pyramid_app.feedback.holding.permissions import may_object
from pyramid_app.feedback.holding.rules import object_by
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import queries as own_child_queries
from pyramid_app.feedback.own_child import routes as own_child
from pyramid_app.feedback.own_child.screens import own_child_form, pass_on_if_ticked
from pyramid_app.feedback.rules import About, Speaker
from pyramid_app.kit.say import Say
from pyramid_app.participation import service as participation
from pyramid_app.participation.rules import GROUND
from pyramid_app.topics import queries as topics

__all__ = ["blueprint", "filing", "holding", "own_child", "topic_routes"]


@blueprint.get("/feedback/new")
@anyone
def new() -> Response:
    """The fork: how things work for families, or my own child."""
    return render("feedback/new.html")


@blueprint.route("/feedback/new/families", methods=["GET", "POST"])
@anyone
def families() -> Response:
    """How things work for everybody."""
    return _tell("feedback/families.html", About.SYSTEM, VoiceForm())


@blueprint.route("/feedback/new/my-child", methods=["GET", "POST"])
@anyone
def my_child() -> Response:
    """One's own child: help first, and the words are never published."""
    return _tell("feedback/my_child.html", About.OWN_CHILD, own_child_form())


def _tell(template: str, about: About, form: VoiceForm) -> Response:
    if form.validate_on_submit():
        try:
            address = _address(form)
            with house.acting() as work:
                voice = _receive(work, form, about)
                pass_on_if_ticked(work, form, voice)
                ask = accounts.ask(work, Purpose.HEAR_BACK, address) if address else None
        except errors.Invalid as refused:
            form.take(refused)
        else:
            session[HEARING] = {"ref": voice.ref, "ask": ask}
            return see_other("feedback.thanks", ref=voice.ref)
    return render(template, "main", form=form, status=form.status)


def _address(form: VoiceForm) -> str | None:
    """The address a stranger left, in one spelling; members are known."""
    if house.actor().signed_in or not (form.address.data or "").strip():
        return None
    return people.normal_address(form.address.data or "", house.house().channels)[1]


def _receive(work: Work, form: VoiceForm, about: About) -> Voice:
    known = [speaker.value for speaker in Speaker]
    if form.speaker.data not in known:
        raise errors.Invalid({"speaker": Say("Choose who is speaking.")})
    return service.receive(
        work,
        about=about,
        speaker=Speaker(form.speaker.data),
        text=form.words.data or "",
        may_quote=bool(form.may_quote.data),
        tell=bool(form.tell.data) or not work.actor.signed_in,
        person_id=work.actor.person_id,
    )


@blueprint.route("/feedback/<ref>/thanks", methods=["GET", "POST"])
@anyone
def thanks(ref: str) -> Response:
    """Thank you, the reference, the date; and the code box for whoever wants to hear back."""
    voice, form, hearing = queries.get_voice(house.reading(), ref), CodeForm(), session.get(HEARING) or {}
    ask = hearing.get("ask") if hearing.get("ref") == ref else None
    if ask and form.validate_on_submit():
        problem = _hear_back(voice, ask, form.code.data or "")
        if problem is None:
            session[HEARING] = {"ref": ref, "ask": None, "known": True}
            return see_other("feedback.thanks", ref=ref)
        form.take(errors.Invalid({"code": problem}))
    known = voice.person_id is not None and (hearing.get("known") or house.actor().person_id == voice.person_id)
    return render(
        "feedback/thanks.html", "main", voice=voice, form=form, asked=bool(ask), known=known, **_handed(voice),
        status=form.status,
    )  # fmt: skip


def _hear_back(voice: Voice, ask: str, typed: str) -> Say | None:
    """Why the code does not work, or ``None``: then the speaker is known and will be told."""
    with house.acting() as work:
        tried = accounts.try_code(work, door.secret(), ask, Purpose.HEAR_BACK, typed)
        if tried.address is None:
            return tried.problem or Say("Ask for a new code.")
        person = accounts.person_at(work, tried.address)
        participation.join(work, person.id, GROUND)
        service.speaker_is(work, voice.id, person.id)
    return None


@blueprint.get("/feedback/<ref>")
@anyone
def show(ref: str) -> Response:
    """Where a message stands; never its words."""
    voice = queries.get_voice(house.reading(), ref.upper())
    topic = topics.get_topic_by_id(house.reading(), voice.topic_id) if voice.topic_id else None
    held = holding.author_sees(voice) if is_author(voice) else None
    return render(
        "feedback/show.html", voice=voice, topic=topic, held=held, form=ObjectionForm(formdata=None),
        may=may_object(held, house.now()) if held else None, object_by=object_by, **_handed(voice),
    )  # fmt: skip


def _handed(voice: Voice) -> dict[str, Any]:
    """Which place has the words, for whoever has the reference: a state, never the words."""
    handed = own_child_queries.find_of(house.reading(), voice.id) if voice.handed_at else None
    return {"handed": handed, "helpers": own_child_queries.helpers(house.area())}
