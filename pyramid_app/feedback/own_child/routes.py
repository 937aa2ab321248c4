"""A place says that it has a family's words; an officer hands them over, asks again, notes what was said by phone.

A GET shows and never writes: mail scanners open links, they press nothing.
"""

from collections.abc import Callable

from flask import Response

from pyramid_app.accounts.door import secret
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY, Actor
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form
from pyramid_app.base.web.guard import anyone, officers
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.work import Work
from pyramid_app.feedback import queries as feedback
from pyramid_app.feedback.blueprint import blueprint
from pyramid_app.feedback.links import Held, read_link
from pyramid_app.feedback.models import Voice
from pyramid_app.feedback.own_child import queries, service
from pyramid_app.feedback.own_child.forms import HandOverForm, ReceivedForm
from pyramid_app.feedback.own_child.makers import KIND
from pyramid_app.feedback.own_child.permissions import may_be_handed_over
from pyramid_app.feedback.own_child.queries import Asked
from pyramid_app.feedback.own_child.rules import Link

STATUS = {Link.OPEN: 200, Link.RECEIVED: 200, Link.OLD: 410, Link.GONE: 410}


@blueprint.get("/received/<token>")
@anyone
def received(token: str) -> Response:
    """The words, for the place that a family picked; once it has said that they arrived, only that."""
    return _received_page(_asked(token)[1], ReceivedForm(formdata=None))


@blueprint.post("/received/<token>")
@anyone
def confirm_received(token: str) -> Response:
    held, asked = _asked(token)
    form = ReceivedForm()
    if asked.link is not Link.OPEN:
        return _received_page(asked, form)
    who, ring_on = form.who.data or "", form.ring_on.data
    # Whoever is signed in on this device: the link speaks for the place.
    if _act(form, lambda work: service.receive(work, held.id, held.version, who, ring_on), NOBODY):
        return see_other("feedback.received", token=token)
    return _received_page(asked, form)


def _asked(token: str) -> tuple[Held, Asked]:
    held = read_link(secret(), KIND, token)
    asked = queries.find_asked(house.reading(), held.id, held.version) if held else None
    if held is None or asked is None:
        raise errors.NotFound
    return held, asked


def _received_page(asked: Asked, form: ReceivedForm) -> Response:
    status = STATUS[asked.link] if form.status == 200 else form.status
    return render("feedback/own_child/received.html", asked=asked, form=form, status=status)


@blueprint.route("/desk/voices/<ref>/hand-over", methods=["GET", "POST"])
@officers
def desk_hand_over(ref: str) -> Response:
    """Pass words on for a family that said yes; or see who has them."""
    voice, form = feedback.get_voice(house.reading(), ref), HandOverForm()
    form.place.offer(queries.offered(house.area()))
    words = {"phone": form.phone.data or "", "consent": form.consent.data or ""}
    if _act(form, lambda work: service.hand_over(work, voice.id, form.place.place, **words)):
        return see_other("feedback.desk_hand_over", ref=ref)
    return _desk_page(voice, form, ReceivedForm(formdata=None))


def _desk_page(voice: Voice, form: HandOverForm, receiving: ReceivedForm) -> Response:
    area, known = house.area(), queries.find_of(house.reading(), voice.id)
    return render(
        "feedback/own_child/desk.html", "main", voice=voice, form=form, receiving=receiving, handed=known,
        may=may_be_handed_over(voice, known.received_at if known else None), helpers=queries.helpers(area),
        offered=queries.offered(area), status=max(form.status, receiving.status),
    )  # fmt: skip


@blueprint.post("/desk/voices/<ref>/hand-over/again")
@officers
def ask_place_again(ref: str) -> Response:
    voice = feedback.get_voice(house.reading(), ref)
    known = queries.find_of(house.reading(), voice.id)
    if known is None:
        raise errors.NotFound
    with house.acting() as work:
        service.ask_again(work, known.id)
    return see_other("feedback.desk_hand_over", ref=ref)


@blueprint.post("/desk/voices/<ref>/hand-over/received")
@officers
def received_by_phone(ref: str) -> Response:
    voice, receiving = feedback.get_voice(house.reading(), ref), ReceivedForm()
    who, ring_on = receiving.who.data or "", receiving.ring_on.data
    if _act(receiving, lambda work: service.receive_by_phone(work, voice.id, who, ring_on)):
        return see_other("feedback.desk_hand_over", ref=ref)
    form = HandOverForm(formdata=None)
    form.place.offer(queries.offered(house.area()))
    return _desk_page(voice, form, receiving)


def _act(form: Form, act: Callable[[Work], object], who: Actor | None = None) -> bool:
    """Do it, if the form was sent and is whole; what is refused is said in the form. Says whether it was done."""
    if not form.validate_on_submit():
        return False
    try:
        with house.acting(who) as work:
            act(work)
    except errors.Invalid as refused:
        form.take(refused)
    except errors.NotAllowed as refused:
        form.form_errors.append(translate(refused.reason))
    else:
        return True
    return False
