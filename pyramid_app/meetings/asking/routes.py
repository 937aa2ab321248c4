"""``/meetings/ask``: any member of the Group asks for an item; a chair answers."""

from uuid import UUID

from flask import Response

from pyramid_app.accounts import queries as people
from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.texts import add_working_days, london_date
from pyramid_app.meetings import queries as meetings
from pyramid_app.meetings.agenda.forms import chosen
from pyramid_app.meetings.asking import queries, service
from pyramid_app.meetings.asking.forms import AnswerForm, AskForm
from pyramid_app.meetings.asking.permissions import may_ask
from pyramid_app.meetings.asking.rules import is_late
from pyramid_app.meetings.blueprint import blueprint
from pyramid_app.meetings.forms import saved
from pyramid_app.meetings.permissions import may_lead
from pyramid_app.participation.group import queries as group
from pyramid_app.topics import queries as topics


@blueprint.route("/meetings/ask", methods=["GET", "POST"])
@signed_in
def ask() -> Response:
    """One box; the day by which the answer comes stands beside it. For others there is no such page."""
    reading, now = house.reading(), house.now()
    if not may_ask(house.actor(), group.is_member(reading, house.actor().person_id, now)):
        raise NotFound
    form = AskForm()
    form.offer(topics.current(reading))
    if saved(form, lambda work: service.ask(work, form.title.data or "", form.words.data or "", chosen(form.topic))):
        return see_other("meetings.index", _anchor="asked")
    by_on = add_working_days(london_date(now), house.area().item_answer_working_days)
    return render("meetings/asking/ask.html", "main", form=form, by_on=by_on, status=form.status)


@blueprint.route("/meetings/asked/<uuid:ask_id>", methods=["GET", "POST"])
@signed_in
def asked(ask_id: UUID) -> Response:
    """A chair says yes or no."""
    if not may_lead(house.actor()):
        raise NotFound
    form, one = AnswerForm(), queries.get_ask(house.reading(), ask_id)
    form.offer([each for each in meetings.coming(house.reading(), house.now()) if each.starts_at > house.now()])
    if saved(form, lambda work: service.answer(work, ask_id, form.answer(), house.house().settings.address)):
        return see_other("meetings.index")
    name = people.names_of(house.reading(), [one.by_id]).get(one.by_id, "")
    late = is_late(one, london_date(house.now()))
    return render(
        "meetings/asking/answer.html", "main", ask=one, name=name, late=late, form=form, status=form.status
    )  # fmt: skip
