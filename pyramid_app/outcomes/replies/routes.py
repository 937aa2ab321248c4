"""The desk's page of what partners were asked about a topic; the links of partners lie in ``link_routes``."""

from collections.abc import Callable
from uuid import UUID

from flask import Response

from pyramid_app.base.web import house
from pyramid_app.base.web.forms import acted
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.replies import link_routes, queries, service
from pyramid_app.outcomes.replies.dates import link_ends_at
from pyramid_app.outcomes.replies.forms import AskForm, EntryForm
from pyramid_app.partners import queries as partners
from pyramid_app.topics import queries as topics

__all__ = ["link_routes"]


@blueprint.route("/desk/topics/<ref>/partners", methods=["GET", "POST"])
@officers
def partner_asks(ref: str) -> Response:
    """What partners were asked about this topic and what they answered; and asking."""
    topic, form, today = topics.get_topic(house.reading(), ref), AskForm(), london_date(house.now())
    form.offer(partners.askable(house.reading(), today))
    chosen, question = form.partners.data or [], form.question.data or ""
    if acted(form, lambda work: service.ask(work, topic.id, chosen, question)):
        return see_other("outcomes.partner_asks", ref=ref)
    asked = queries.of_topic(house.reading(), topic.id, today)
    ends = {one.ask.id: link_ends_at(one.ask.due_on, one.ask.sent_on) for one in asked}
    return render(
        "outcomes/replies/desk.html", "main", topic=topic, asked=asked, ends=ends, form=form, status=form.status
    )  # fmt: skip


@blueprint.post("/desk/topics/<ref>/partners/<uuid:ask_id>/again")
@officers
def partner_again(ref: str, ask_id: UUID) -> Response:
    """A new link to the partner's mailbox; old ones end."""
    return _settle(ref, ask_id, lambda work: service.send_again(work, ask_id))


@blueprint.post("/desk/topics/<ref>/partners/<uuid:ask_id>/stop")
@officers
def partner_stop(ref: str, ask_id: UUID) -> Response:
    """No answer is needed any more."""
    return _settle(ref, ask_id, lambda work: service.stop(work, ask_id))


@blueprint.route("/desk/topics/<ref>/partners/<uuid:ask_id>/answer", methods=["GET", "POST"])
@officers
def partner_entry(ref: str, ask_id: UUID) -> Response:
    """Write down an answer that came another way; what the partner has drafted is in the box."""
    topic = topics.get_topic(house.reading(), ref)
    one = queries.get_ask(house.reading(), topic.id, ask_id)
    form = EntryForm(words=one.draft)
    words, source, on = form.words.data or "", form.source.data or "", form.wrote_on.data
    if acted(form, lambda work: service.enter(work, ask_id, words, source, on)):
        return see_other("outcomes.partner_asks", ref=ref)
    partner = partners.get_partner(house.reading(), one.partner)
    return render(
        "outcomes/replies/entry.html", "main", topic=topic, ask=one, partner=partner.name, form=form, status=form.status
    )  # fmt: skip


def _settle(ref: str, ask_id: UUID, act: Callable[[Work], object]) -> Response:
    topic = topics.get_topic(house.reading(), ref)
    queries.get_ask(house.reading(), topic.id, ask_id)
    with house.acting() as work:
        act(work)
    return see_other("outcomes.partner_asks", ref=ref)
