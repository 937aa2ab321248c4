"""A lead invites one person; that person says yes or no."""

from uuid import UUID

from flask import Response, request

from pyramid_app.accounts import door
from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, leads
from pyramid_app.base.web.render import render, see_other
from pyramid_app.kit.say import Say
from pyramid_app.participation import invitations, queries
from pyramid_app.participation.blueprint import blueprint
from pyramid_app.participation.forms import InvitedForm, InviteForm
from pyramid_app.participation.models import Invitation


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@anyone
def invitation(token: str) -> Response:
    """A link shows who asks and why; only a button answers."""
    asked, form = _find(token), InvitedForm()
    if asked is None:
        return render("participation/invitation_old.html", status=404)
    level = queries.get_level(house.reading(), asked.level)
    if form.validate_on_submit():
        if request.form.get("answer") == "no":
            return _decline(asked.id)
        if form.cares.data or not level.votes:
            return _accept(asked.id)
        form.take(errors.Invalid({"cares": Say("Tick this box if it is true. It is the one thing we ask.")}))
    by = people.get_person(house.reading(), asked.by_id)
    return render(
        "participation/invitation.html", "main", form=form, invitation=asked, level=level, by=by,
        status=form.status,
    )  # fmt: skip


def _find(token: str) -> Invitation | None:
    wanted = invitations.read_invitation(door.secret(), token)
    return invitations.find_open(house.reading(), wanted, house.now()) if wanted else None


def _decline(wanted: UUID) -> Response:
    with house.acting() as work:
        invitations.decline(work, wanted)
    return see_other("participation.declined")


def _accept(wanted: UUID) -> Response:
    """A letter lies in a mailbox for weeks: it lets in somebody new, and never somebody we know already."""
    with house.acting() as work:
        accepted = invitations.accept(work, wanted)
        if not accepted.known:
            door.let_in(accounts.begin_session(work, door.secret(), accepted.person_id))
    return see_other("participation.accepted" if accepted.known else "participation.welcome")


@blueprint.get("/accepted")
@anyone
def accepted() -> Response:
    """Thanks to somebody who had been here before."""
    return render("participation/accepted.html")


@blueprint.get("/declined")
@anyone
def declined() -> Response:
    """Thanks for a no."""
    return render("participation/declined.html")


@blueprint.route("/desk/people/invitations", methods=["GET", "POST"], endpoint="invitations")
@leads
def desk_invitations() -> Response:
    """Which families have been invited, and inviting one more."""
    levels = queries.list_levels(house.reading())
    form = InviteForm(levels)
    if form.validate_on_submit():
        try:
            _invite(form)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("participation.invitations")
    reading = house.reading()
    return render(
        "participation/invitations.html", "main", form=form, levels={level.slug: level for level in levels},
        invitations=invitations.list_open(reading, house.now()), status=form.status,
    )  # fmt: skip


def _invite(form: InviteForm) -> None:
    with house.acting() as work:
        invitations.invite(
            work,
            address=form.address.data or "",
            name=form.name.data or "",
            level=form.level.data,
            why=form.why.data or "",
        )
