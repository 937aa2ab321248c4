"""Signing in and out without a password, the two hats, and the ways to reach me."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from flask import Response, redirect, request, session, url_for

from pyramid_app.accounts import door, queries, service
from pyramid_app.accounts.addresses import normal_address
from pyramid_app.accounts.blueprint import blueprint
from pyramid_app.accounts.codes import queries as codes_queries
from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.door import init, someone
from pyramid_app.accounts.forms import AddressForm, CodeForm, OnlyAButton
from pyramid_app.accounts.rules import Purpose, known_from
from pyramid_app.accounts.undoing import routes as undoing_routes
from pyramid_app.base import errors
from pyramid_app.base.actor import OFFICERS, Hat
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.base.work import Work
from pyramid_app.kit.say import Say

__all__ = ["blueprint", "init", "someone", "undoing_routes"]

ASK = "ask"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@anyone
def sign_in() -> Response:
    """Ask for a code. Known and unknown addresses get the same answer in the same time."""
    form = AddressForm()
    if form.validate_on_submit():
        try:
            _kind, address = normal_address(form.address.data or "", house.house().channels)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            with house.acting() as work:
                asked = codes.ask(work, door.asker(), Purpose.SIGN_IN, address)
            if asked.refused is None:
                session[ASK], session["kept"] = asked.name, bool(form.kept.data)
                session["next"] = safe_next(request.args.get("next"))
                return see_other("accounts.code")
            form.take(errors.Invalid({"address": asked.refused}))
    return render("accounts/sign_in.html", "main", form=form, status=form.status)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@anyone
def code() -> Response:
    """Type the code that came, in the same browser."""
    form, ask = CodeForm(), session.get(ASK)
    if ask is None:
        return see_other("accounts.sign_in")
    if form.validate_on_submit():
        with house.acting() as work:
            tried = codes.try_code(work, door.asker(), ask, Purpose.SIGN_IN, form.code.data or "")
            if tried.address:
                return _enter(work, tried.address)
        form.take(errors.Invalid({"code": tried.problem or codes.DOES_NOT_WORK}))
    return _code_page(form, ask, "accounts.sign_in")


@blueprint.route("/link/<token>", methods=["GET", "POST"])
@anyone
def link(token: str) -> Response:
    """A sign-in link says whom it signs in, and only pressing its button does. Mail scanners open links, they press
    nothing; and a stranger's link, sent to somebody else, would have her write in his account: so she is asked."""
    form = OnlyAButton()
    if form.validate_on_submit():
        with house.acting() as work:
            return _enter(work, codes.use_link(work, door.secret(), token))
    code = codes_queries.find_linked(house.reading(), door.secret(), token, house.now())
    if code is None:
        return render("accounts/link_old.html", status=404)
    asked_here = codes_queries.is_bound(house.reading(), code, session.get(ASK))
    return render("accounts/link.html", form=form, to=queries.masked(code.address), asked_here=asked_here)


def _enter(work: Work, address: str) -> Response:
    person = queries.find_by_address(work.session, address) or service.confirm_invited(work, address)
    if person is None:
        raise errors.Conflict(Say("We no longer know this address. You can join again."))
    kept, where = bool(session.get("kept")), session.get("next") or url_for("pages.home")
    door.let_in(service.begin_session(work, door.secret(), person.id, kept=kept), kept=kept)
    return redirect(where, 303)  # type: ignore[return-value]


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> Response:
    here = door.here()
    if here:
        with house.acting() as work:
            service.end_session(work, here.sign_in_id)
    door.let_out()
    return see_other("pages.home")


@blueprint.post("/hat")
@signed_in
def change_hat() -> Response:
    """The other hat: a parent who is an officer is never both at once."""
    here, staff = door.here(), request.form.get("hat") == Hat.STAFF
    if here is None or (staff and not house.actor().has_two_hats):
        raise errors.NotFound
    with house.acting() as work:
        service.change_hat(work, here.sign_in_id, Hat.STAFF if staff else Hat.FAMILY)
    if staff:
        door.begin_staff_clock(house.now())
    here_as_staff = "pages.desk" if house.actor().roles & OFFICERS else "feedback.enter"
    return see_other(here_as_staff if staff else "pages.home")


@blueprint.get("/me/addresses")
@signed_in
def addresses() -> Response:
    return _addresses(AddressForm())


@blueprint.post("/me/addresses")
@signed_in
def add_address() -> Response:
    """A second way to reach me; it counts once the code sent there has been typed."""
    form = AddressForm()
    try:
        _kind, address = normal_address(form.address.data or "", house.house().channels)
    except errors.Invalid as refused:
        form.take(refused)
        return _addresses(form)
    with house.acting() as work:
        asked = codes.ask(work, door.asker(), Purpose.CONTACT, address)
    if asked.refused:
        form.take(errors.Invalid({"address": asked.refused}))
        return _addresses(form)
    session["contact ask"] = asked.name
    return see_other("accounts.confirm_address")


@blueprint.route("/me/addresses/code", methods=["GET", "POST"])
@signed_in
def confirm_address() -> Response:
    form, ask = CodeForm(), session.get("contact ask", "")
    if form.validate_on_submit():
        with house.acting() as work:
            tried = codes.try_code(work, door.asker(), ask, Purpose.CONTACT, form.code.data or "")
            if tried.address:
                service.add_contact_point(work, _me(), tried.address)
                return see_other("accounts.addresses")
        form.take(errors.Invalid({"code": tried.problem or codes.DOES_NOT_WORK}))
    return _code_page(form, ask, "accounts.addresses")


@blueprint.post("/me/addresses/<uuid:point>/end")
@signed_in
def end_address(point: UUID) -> Response:
    """An old address, where only new ones would be left, ends with a code from it: not by a phone that was found."""
    mine = queries.list_contact_points(house.reading(), _me())
    ending = next((one for one in mine if one.id == point), None)
    if ending is None or not queries.ends_with_code(mine, ending, house.now()):
        with house.acting() as work:
            service.end_contact_point(work, _me(), point)
        return see_other("accounts.addresses")
    with house.acting() as work:
        asked = codes.ask(work, door.asker(), Purpose.END_CONTACT, ending.address, about=point.hex)
    if asked.refused:
        form = AddressForm(formdata=None)
        form.form_errors.append(translate(asked.refused))
        return _addresses(form)
    session["end ask"] = asked.name
    return see_other("accounts.confirm_end", point=point)


@blueprint.route("/me/addresses/<uuid:point>/end/code", methods=["GET", "POST"])
@signed_in
def confirm_end(point: UUID) -> Response:
    form, ask = CodeForm(), session.get("end ask", "")
    if form.validate_on_submit():
        with house.acting() as work:
            tried = codes.try_code(
                work, door.asker(), ask, Purpose.END_CONTACT, form.code.data or "", about=point.hex
            )  # fmt: skip
            if tried.address:
                service.end_contact_point(work, _me(), point, proved=True)
                return see_other("accounts.addresses")
        form.take(errors.Invalid({"code": tried.problem or codes.DOES_NOT_WORK}))
    others = [one.confirmed_at for one in queries.list_contact_points(house.reading(), _me()) if one.id != point]
    from_on = known_from([at for at in others if at]) if others else None
    return _code_page(form, ask, "accounts.addresses", ends_from=from_on)


@blueprint.post("/me/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    with house.acting() as work:
        service.end_sessions(work, _me())
    door.let_out()
    return see_other("pages.home")


def _addresses(form: AddressForm) -> Response:
    points = queries.list_contact_points(house.reading(), _me())
    return render(
        "accounts/addresses.html", "main", points=points, form=form, button=OnlyAButton(), status=form.status
    )  # fmt: skip


def _code_page(form: CodeForm, ask: str, back: str, ends_from: datetime | None = None) -> Response:
    """Where the code went and how long it works; ``back``: where another one is asked for.

    ``ends_from``: when the address that the code is about can be ended without one.
    """
    sending = codes_queries.find_sending(house.reading(), ask)
    return render(
        "accounts/code.html", "main", form=form, sending=sending, now=house.now(), back=url_for(back),
        ends_from=ends_from, status=form.status,
    )  # fmt: skip


def safe_next(where: str | None) -> str | None:
    """A path of this site, or nothing: no host, no scheme, no backslash, no control character."""
    if not where or not where.startswith("/") or where.startswith("//"):
        return None
    if "\\" in where or any(ord(c) < 33 for c in where):
        return None
    parts = urlsplit(where)
    return where if not parts.scheme and not parts.netloc else None


def _me() -> UUID:
    person = house.actor().person_id
    assert person is not None  # noqa: S101  the guard lets nobody else in
    return person
