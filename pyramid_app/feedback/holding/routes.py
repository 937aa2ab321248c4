"""Holding words back on the desk, and objecting to it: on the page of the reference, or by the link in the letter."""

from collections.abc import Callable

from flask import Response

from pyramid_app.accounts import queries as people
from pyramid_app.accounts.door import secret
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY, Actor
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form
from pyramid_app.base.web.guard import anyone, officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.author import is_author
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.holding import queries, service
from pyramid_app.feedback.holding.forms import DecisionForm, HoldForm, ObjectionForm
from pyramid_app.feedback.holding.makers import KIND
from pyramid_app.feedback.holding.models import HeldBack
from pyramid_app.feedback.holding.permissions import may_be_held, may_confirm, may_decide, may_object
from pyramid_app.feedback.holding.rules import WORDS, object_by
from pyramid_app.feedback.links import read_link
from pyramid_app.feedback.models import Voice


@blueprint.route("/desk/voices/<ref>/hold", methods=["GET", "POST"])
@officers
def desk_hold(ref: str) -> Response:
    """Not to publish something: with a reason, or, once somebody has, what came of it."""
    voice, form = feedback.get_voice(house.reading(), ref), HoldForm()
    if _act(form, lambda work: service.hold_back(work, voice.id, form.chosen, form.because.data or "")):
        return see_other("feedback.desk_hold", ref=ref)
    return _desk_page(voice, form, DecisionForm(formdata=None))


@blueprint.post("/desk/voices/<ref>/hold/decide")
@officers
def decide_objection(ref: str) -> Response:
    voice, deciding = feedback.get_voice(house.reading(), ref), DecisionForm()
    publish, answer = deciding.publish.data == "yes", deciding.answer.data or ""
    if _act(deciding, lambda work: service.decide(work, voice.id, publish=publish, answer=answer)):
        return see_other("feedback.desk_hold", ref=ref)
    return _desk_page(voice, HoldForm(formdata=None), deciding)


def _desk_page(voice: Voice, form: HoldForm, deciding: DecisionForm) -> Response:
    reading, actor, now = house.reading(), house.actor(), house.now()
    held = queries.find_held(reading, voice.id)
    whose = [one for one in (held.by_id, held.second_by_id, held.answered_by_id) if one] if held else []
    return render(
        "feedback/holding/desk.html", "main", voice=voice, words=feedback.raw_words(reading, voice.id), held=held,
        reasons=WORDS, object_by=object_by, form=form, deciding=deciding,
        names=people.names_of(reading, whose), may_hold=may_be_held(voice, held),
        second=may_confirm(actor, held) if held else None, decides=may_decide(actor, held) if held else None,
        undoable=held is not None and held.told_at is not None and now < held.told_at,
        status=max(form.status, deciding.status),
    )  # fmt: skip


@blueprint.post("/desk/voices/<ref>/hold/confirm")
@officers
def confirm_hold(ref: str) -> Response:
    return _decided(ref, service.confirm)


@blueprint.post("/desk/voices/<ref>/hold/decline")
@officers
def decline_hold(ref: str) -> Response:
    return _decided(ref, service.decline)


@blueprint.post("/desk/voices/<ref>/hold/undo")
@officers
def undo_hold(ref: str) -> Response:
    return _decided(ref, service.undo)


def _decided(ref: str, act: Callable[..., object]) -> Response:
    voice = feedback.get_voice(house.reading(), ref)
    with house.acting() as work:
        act(work, voice.id)
    return see_other("feedback.desk_hold", ref=ref)


@blueprint.post("/feedback/<ref>/objection")
@anyone
def object_here(ref: str) -> Response:
    """The author, known by sign-in or by this browser; for anybody else there is nothing."""
    voice, form = feedback.get_voice(house.reading(), ref.upper()), ObjectionForm()
    if not is_author(voice):
        raise errors.NotFound
    if _act(form, lambda work: service.object_to(work, voice.id, form.words.data or "")):
        return see_other("feedback.show", ref=voice.ref)
    return _author_page(voice, form)


@blueprint.route("/objection/<token>", methods=["GET", "POST"])
@anyone
def objection(token: str) -> Response:
    """The link in the letter: it shows the reason, and only a button objects."""
    link = read_link(secret(), KIND, token)
    voice = feedback.find_voice_by_id(house.reading(), link.id) if link else None
    if voice is None:
        raise errors.NotFound
    form = ObjectionForm()
    if _act(form, lambda work: service.object_to(work, voice.id, form.words.data or ""), NOBODY):
        return see_other("feedback.objection", token=token)
    return _author_page(voice, form, token)


def _author_page(voice: Voice, form: ObjectionForm, token: str = "") -> Response:
    held = author_sees(voice)
    if held is None:
        raise errors.NotFound
    return render(
        "feedback/holding/objection.html", voice=voice, held=held, form=form, token=token,
        may=may_object(held, house.now()), object_by=object_by, status=form.status,
    )  # fmt: skip


def author_sees(voice: Voice) -> HeldBack | None:
    """What the author of these words knows by now about their being held back."""
    return queries.find_told(house.reading(), voice.id, house.now())


def _act(form: Form, act: Callable[[Work], object], who: Actor | None = None) -> bool:
    """Do it, if the form was sent and is whole; what is refused is said in the form. Says whether it was done."""
    if not form.validate_on_submit():
        return False
    try:
        with house.acting(who) as work:
            act(work)
    except errors.Invalid as refused:
        form.take(refused)
    except (errors.NotAllowed, errors.Conflict) as refused:
        form.form_errors.append(translate(refused.reason))
    else:
        return True
    return False
