"""``/desk/people``: who does what here. A lead invites, changes and ends; whoever goes away says who stands in."""

from uuid import UUID

from flask import Response

from pyramid_app.accounts import staff_queries, staff_service
from pyramid_app.accounts.away import service as away_service
from pyramid_app.accounts.forms import OnlyAButton
from pyramid_app.accounts.permissions import may_end, may_say_away
from pyramid_app.accounts.staff_rules import PARTS
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import leads, officers
from pyramid_app.base.web.render import render, see_other
from pyramid_app.base.work import Work
from pyramid_app.feedback import service as feedback
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.people import queries
from pyramid_app.pages.people.forms import AwayForm, HandOnForm, InviteStaffForm, PartForm, as_they_were, chosen
from pyramid_app.pages.people.queries import Colleague
from pyramid_app.partners import queries as partners
from pyramid_app.partners import service as speakers
from pyramid_app.topics import service as topics


@blueprint.get("/desk/people")
@officers
def people() -> Response:
    """Everybody on the staff, for everybody on the staff; a lead finds her verbs beside each."""
    everybody = queries.staff(house.reading(), house.now())
    return render(
        "pages/people.html",
        here=[one for one in everybody if one.until is None],
        gone=[one for one in everybody if one.until],
        parts=PARTS.values(),
        may_end=may_end,
        may_say_away=may_say_away,
    )


@blueprint.route("/desk/people/new", methods=["GET", "POST"])
@leads
def person_invite() -> Response:
    """One more on the staff, with one letter."""
    form = InviteStaffForm(partners.list_partners(house.reading()))
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                _invite(work, form)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.people")
    return render("pages/people_new.html", "main", form=form, status=form.status)


def _invite(work: Work, form: InviteStaffForm) -> None:
    person = staff_service.invite(
        work, name=form.name.data or "", job=form.job.data or "", address=form.address.data or "",
        roles=form.ticked_roles, site=_site(), also=queries.speaking(_names(work, form.named())),
    )  # fmt: skip
    speakers.speak_for(work, person.id, form.named())


@blueprint.route("/desk/people/<uuid:person_id>", methods=["GET", "POST"])
@leads
def person_change(person_id: UUID) -> Response:
    """Another name, job, or part here."""
    one = queries.get_colleague(house.reading(), person_id, house.now())
    form = PartForm(partners.list_partners(house.reading()), data=_as_it_stands(one))
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                _change(work, one, form)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.people")
    return render("pages/people_change.html", "main", form=form, one=one, status=form.status)


def _as_it_stands(one: Colleague) -> dict[str, object]:
    held = [role.value for role in one.roles]
    speaks_for = list(one.speaks_for)
    were = as_they_were(one.roles, one.speaks_for)
    return {"name": one.person.name, "job": one.person.job, "roles": held, "speaks_for": speaks_for, "were": were}


def _change(work: Work, one: Colleague, form: PartForm) -> None:
    speaks_for = (set(one.speaks_for) | form.named()) - form.dropped()
    staff_service.change(
        work, one.person.id, give=form.given(), take=form.taken(), name=form.name.data or "", job=form.job.data,
        waits=queries.what_waits(work.session).get(one.person.id, 0), site=_site(),
        also=queries.speaking(_names(work, speaks_for)), also_was=one.also,
    )  # fmt: skip
    speakers.speak_for(work, one.person.id, form.named())
    speakers.stop_speaking(work, one.person.id, form.dropped())


@blueprint.route("/desk/people/<uuid:person_id>/end", methods=["GET", "POST"])
@leads
def person_end(person_id: UUID) -> Response:
    """They do nothing here any more, and a colleague has what waits. Of somebody who is gone already: only that."""
    one = queries.get_colleague(house.reading(), person_id, house.now())
    form = HandOnForm(staff_queries.colleagues(house.reading(), person_id, house.now()))
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                _end(work, one, chosen(form.to))
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.people")
    verdict = may_end(house.actor(), person_id)
    return render("pages/people_end.html", "main", form=form, one=one, verdict=verdict, status=form.status)


def _end(work: Work, one: Colleague, to_id: UUID | None) -> None:
    person_id = one.person.id
    waits = queries.what_waits(work.session).get(person_id, 0)
    staff_service.end(work, person_id, to_id, waits=waits, site=_site(), also_was=one.also)
    speakers.stop_speaking(work, person_id, one.speaks_for.keys())
    if to_id:
        hand_on(work, person_id, to_id)


def hand_on(work: Work, from_id: UUID, to_id: UUID) -> None:
    """What waits goes to the colleague: every kind that ``people_queries.what_waits`` counts."""
    topics.pass_on_all(work, from_id, to_id)
    feedback.pass_on_all(work, from_id, to_id)


@blueprint.route("/desk/people/<uuid:person_id>/away", methods=["GET", "POST"])
@officers
def person_away(person_id: UUID) -> Response:
    """Away until a day, and who has the messages so long."""
    one = queries.get_colleague(house.reading(), person_id, house.now())
    if not (one.answers and may_say_away(house.actor(), person_id)):
        raise errors.NotFound
    form = AwayForm(staff_queries.colleagues(house.reading(), person_id, house.now()))
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                away_service.go_away(work, person_id, form.until_on.data, chosen(form.cover), site=_site())
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.people")
    mine = house.actor().person_id == person_id
    return render("pages/people_away.html", "main", form=form, one=one, mine=mine, status=form.status)


@blueprint.post("/desk/people/<uuid:person_id>/back")
@officers
def person_back(person_id: UUID) -> Response:
    """Here again, earlier than said."""
    if OnlyAButton().validate_on_submit():
        with house.acting() as work:
            away_service.come_back(work, person_id)
    return see_other("pages.people")


def _names(work: Work, slugs: set[str]) -> list[str]:
    return [partner.name for partner in partners.list_partners(work.session) if partner.slug in slugs]


def _site() -> str:
    return house.house().settings.address
