"""Handing a draft on, letting it go, raising a hand, and writing down an owner's answer that came another way."""

from uuid import UUID

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting import screens
from pyramid_app.charter.drafting.models import Draft
from pyramid_app.charter.drafting.permissions import may_hand_on, may_raise_hand
from pyramid_app.charter.drafting.rules import Part, Stage
from pyramid_app.charter.handing import owners, queries, service
from pyramid_app.charter.handing.forms import EnterForm, HandForm, LetGoForm, OnForm
from pyramid_app.charter.handing.models import OwnerAsk
from pyramid_app.charter.handing.rules import ON, why_not_hand
from pyramid_app.kit.texts import london_date
from pyramid_app.partners import queries as partners

WAY = (Stage.CONSULTATIVE, Stage.OWNER, Stage.HANDS, Stage.GROUP)
"""In which order the buttons stand."""


@blueprint.route("/drafts/<ref>/on", methods=["GET", "POST"])
@signed_in
def hand_on(ref: str) -> Response:
    """To whom it can go now, with everything that stands in the way said before anybody presses."""
    draft, part = _get(ref)
    may_hand_on(part, draft).enforce()
    form, to = OnForm(), request.form.get("to", "")
    if to in set(Stage):
        address = house.house().settings.address
        if acted(form, lambda work: service.hand_on(work, draft.id, Stage(to), form.words.data or "", address)):
            return see_other("pages.draft", ref=ref)
    return _on_page(draft, form, LetGoForm(formdata=None))


@blueprint.post("/drafts/<ref>/let-go")
@signed_in
def let_go(ref: str) -> Response:
    """It ends here, with the reason."""
    draft, part = _get(ref)
    may_hand_on(part, draft).enforce()
    form = LetGoForm()
    if acted(form, lambda work: service.let_go(work, draft.id, form.because.data or "")):
        return see_other("pages.draft", ref=ref)
    return _on_page(draft, OnForm(formdata=None), form)


@blueprint.route("/drafts/<ref>/hand", methods=["GET", "POST"])
@signed_in
def raise_hand(ref: str) -> Response:
    """A member's own hand; it can change until the draft moves on."""
    draft, part = _get(ref)
    may_raise_hand(part, draft).enforce()
    mine = queries.hands_of(house.reading(), draft, house.now()).by(house.actor().person_id)
    form = HandForm(stands=mine.stands if mine else None, note=mine.note if mine else "")
    if acted(form, lambda work: service.raise_hand(work, draft.id, form.chosen, form.note.data or "")):
        return see_other("pages.draft", ref=ref, raised=1, _anchor="hands")
    return render("charter/drafts/hand.html", draft=draft, form=form, status=form.status)


@blueprint.route("/drafts/<ref>/keep/<uuid:ask_id>", methods=["GET", "POST"])
@signed_in
def enter_keep(ref: str, ask_id: UUID) -> Response:
    """An answer that came another way, written down with how."""
    draft, ask = _asked(ref, ask_id)
    form = EnterForm(says=ask.says, words=ask.words, source=ask.entered_from)
    said, source = form.words.data or "", form.source.data or ""
    if acted(form, lambda work: owners.enter(work, ask_id, form.chosen, said, source)):
        return see_other("pages.draft", ref=ref)
    return _enter_page(draft, ask, form)


@blueprint.post("/drafts/<ref>/keep/<uuid:ask_id>/again")
@signed_in
def send_again(ref: str, ask_id: UUID) -> Response:
    """A new link to whoever has not answered; the old one ends."""
    draft, ask = _asked(ref, ask_id)
    form = EnterForm(formdata=None)
    try:
        with house.acting() as work:
            owners.send_again(work, ask_id)
    except errors.Conflict as refused:
        form.form_errors.append(translate(refused.reason))
        return _enter_page(draft, ask, form)
    return see_other("pages.draft", ref=ref)


def _asked(ref: str, ask_id: UUID) -> tuple[Draft, OwnerAsk]:
    """A question to a partner, for those who may write down what became of it, while it is open."""
    draft, part = _get(ref)
    if not part.officer:
        may_hand_on(part, draft).enforce()
    ask = queries.get_ask(house.reading(), draft, ask_id)
    if draft.stage is not Stage.OWNER:
        raise errors.NotFound
    return draft, ask


def _enter_page(draft: Draft, ask: OwnerAsk, form: EnterForm) -> Response:
    partner = partners.get_partner(house.reading(), ask.partner)
    return render(
        "charter/drafts/enter.html", draft=draft, ask=ask, partner=partner.name, form=form, status=form.status
    )


def _on_page(draft: Draft, form: OnForm, letting_go: LetGoForm) -> Response:
    reading, now = house.reading(), house.now()
    ready, today = queries.ready(reading, draft, now), london_date(now)
    ways = [
        (to, screens.GOES_TO[to], why_not_hand(draft.stage, to, ready, today)) for to in WAY if to in ON[draft.stage]
    ]
    before_vote = queries.why_not_vote(reading, draft, now) if draft.stage is Stage.HANDS else None
    return render(
        "charter/drafts/on.html", draft=draft, form=form, letting_go=letting_go, ways=ways,
        place=screens.PLACES[draft.stage], before_vote=before_vote, status=max(form.status, letting_go.status),
    )  # fmt: skip


def _get(ref: str) -> tuple[Draft, Part]:
    return drafts.get_draft(house.reading(), ref, house.actor(), house.now())
