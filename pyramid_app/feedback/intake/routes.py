"""Telling us something: the fork, the box, the check step, hearing back. Nothing is kept before somebody says send."""

from flask import Response, request, session

from pyramid_app.accounts import door
from pyramid_app.accounts import queries as people
from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.codes.queries import find_sending
from pyramid_app.accounts.codes.service import Asked
from pyramid_app.accounts.forms import CodeForm
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY
from pyramid_app.base.keyed import keyed
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.web.sizes import one_size
from pyramid_app.base.work import Work
from pyramid_app.feedback import noticing, queries
from pyramid_app.feedback.author import HEARING, is_author, remember
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.forms import VoiceForm
from pyramid_app.feedback.intake import service
from pyramid_app.feedback.intake.permissions import may_mend_now
from pyramid_app.feedback.intake.room import room_for_words
from pyramid_app.feedback.intake.rules import sent_from
from pyramid_app.feedback.intake.service import Telling
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child.screens import handed_of, own_child_form, pass_on_if_ticked
from pyramid_app.feedback.rules import About, Naming
from pyramid_app.kit.say import Say
from pyramid_app.kit.texts import london_date

TRAP = "more"
"""A box that no person sees: whatever fills it in is a machine."""
NOT_CARRIED = {"csrf_token", "checked", "change", TRAP}


@blueprint.get("/feedback/new")
@anyone
def new() -> Response:
    """The fork: how things work for families, or my own child."""
    return render("feedback/new.html")


@blueprint.route("/feedback/new/families", methods=["GET", "POST"])
@anyone
@one_size(room_for_words, {"POST"})
def families() -> Response:
    """How things work for everybody."""
    return _tell("feedback/families.html", About.SYSTEM, VoiceForm())


@blueprint.route("/feedback/new/my-child", methods=["GET", "POST"])
@anyone
@one_size(room_for_words, {"POST"})
def my_child() -> Response:
    """One's own child: help first, and the words are never published."""
    return _tell("feedback/my_child.html", About.OWN_CHILD, own_child_form())


def _tell(template: str, about: About, form: VoiceForm) -> Response:
    # Words that come back from the check step, or over from the other page, are shown as they are.
    if "change" not in request.form and form.validate_on_submit():
        try:
            answer = _send(form, about)
        except errors.Invalid as refused:
            form.take(refused)
        except service.TooMany as refused:
            return render("feedback/intake/too_many.html", reason=refused.reason, words=form.words.data, status=429)
        else:
            return answer
    return render(template, "main", form=form, status=form.status)


def _send(form: VoiceForm, about: About) -> Response:
    """Keep it and say thank you; or first the check step, where something should be looked at again."""
    if request.form.get(TRAP):
        raise errors.Invalid(
            {"": Say("A box that nobody sees was filled in. Please send it again: your words are here.")}
        )
    telling = _telling(form, about)
    # A member who leaves her name out is nobody here, in the log as well.
    who = NOBODY if telling.naming is Naming.UNNAMED else house.actor()
    service.look_at(house.reading(), house.now(), who, telling)
    found = noticing.notice(telling.words) if about is About.SYSTEM and "checked" not in request.form else None
    if found:
        return _check(telling.words, found)
    with house.acting(who) as work:
        voice = service.hear(work, telling)
        pass_on_if_ticked(work, form, voice)
        asked = _ask(work, voice, telling.address) if telling.address else Asked()
    remember(voice)
    _remember_ask(voice.ref, telling.name if telling.naming is Naming.NAMED else "", asked)
    return see_other("feedback.thanks", ref=voice.ref)


def _telling(form: VoiceForm, about: About) -> Telling:
    """What was typed, as the service takes it. Raises ``Invalid`` by field."""
    (speaker, naming), words, known = form.chosen(), form.words.data or "", house.actor().signed_in
    return Telling(
        about=about,
        speaker=speaker,
        words=words,
        form_id=sent_from(form.form_id.data or "", words),
        language=form.language.data or "en",
        may_quote=bool(form.may_quote.data),
        tell=bool(form.tell.data) or not known,
        naming=naming,
        name=form.name.data or "",
        address="" if known else _address(form),
        network="" if known else house.network(),
        member=_member_today() if known else "",
    )


def _member_today() -> str:
    """A mark of who is signed in: another one every day, so that it tells nobody who sent a message without a name."""
    return keyed(door.secret(), "member", str(london_date(house.now())), str(house.actor().person_id))


def _address(form: VoiceForm) -> str:
    """The address a stranger left, in one spelling."""
    typed = (form.address.data or "").strip()
    return people.normal_address(typed, house.house().channels)[1] if typed else ""


def _ask(work: Work, voice: Voice, address: str) -> Asked:
    """The name of the ask is the same for the same button pressed twice, and as hard to guess as our secret."""
    name = keyed(door.secret(), "hear back", str(voice.id))[:40]
    return codes.ask(work, door.asker(), Purpose.HEAR_BACK, address, name=name)


def _remember_ask(ref: str, name: str, asked: Asked) -> None:
    refused = translate(asked.refused) if asked.refused else ""
    session[HEARING] = {"ref": ref, "ask": asked.name or None, "name": name, "refused": refused}


def _check(words: str, found: noticing.Noticed) -> Response:
    """Her words with the places marked; three ways on, and all that was typed goes along on each."""
    carried = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_CARRIED]
    return render(
        "feedback/intake/check.html", "main", found=found, pieces=noticing.pieces(words, found.all), carried=carried
    )


@blueprint.route("/feedback/<ref>/thanks", methods=["GET", "POST"])
@anyone
def thanks(ref: str) -> Response:
    """Thank you, the reference, the date; and the code box for whoever wants to hear back."""
    voice, form, hearing = queries.get_voice(house.reading(), ref), CodeForm(), session.get(HEARING) or {}
    ask = hearing.get("ask") if hearing.get("ref") == ref else None
    if ask and "again" in request.form:
        return _ask_again(ref, ask, hearing.get("name", ""))
    if ask and form.validate_on_submit():
        problem = _hear_back(voice, ask, hearing.get("name", ""), form.code.data or "")
        if problem is None:
            session[HEARING] = {"ref": ref, "ask": None, "known": True}
            return see_other("feedback.thanks", ref=ref)
        form.take(errors.Invalid({"code": problem}))
    known = voice.person_id is not None and (hearing.get("known") or house.actor().person_id == voice.person_id)
    return render(
        "feedback/thanks.html", "main", voice=voice, form=form, asked=bool(ask), known=known,
        own=is_author(voice), may_mend=may_mend_now, **handed_of(voice), status=form.status,
        sending=find_sending(house.reading(), ask), now=house.now(), refused=hearing.get("refused", ""),
    )  # fmt: skip


def _ask_again(ref: str, ask: str, name: str) -> Response:
    with house.acting() as work:
        asked = codes.ask_again(work, door.asker(), ask) or Asked()
    _remember_ask(ref, name, asked)
    return see_other("feedback.thanks", ref=ref)


def _hear_back(voice: Voice, ask: str, name: str, typed: str) -> Say | None:
    """Why the code does not work, or ``None``: then the speaker is known and will be told."""
    with house.acting() as work:
        tried = codes.try_code(work, door.asker(), ask, Purpose.HEAR_BACK, typed)
        if tried.address is None:
            return tried.problem or codes.DOES_NOT_WORK
        service.speaker_at(work, voice, tried.address, name)
    return None
