"""Joining, being more or less involved, leaving; the representatives; a lead inviting people."""

from uuid import UUID

from flask import Response, request, session

from pyramid_app.accounts import door
from pyramid_app.accounts import queries as people
from pyramid_app.accounts import service as accounts
from pyramid_app.accounts.codes import queries as codes_queries
from pyramid_app.accounts.codes import service as codes
from pyramid_app.accounts.forms import CodeForm
from pyramid_app.accounts.rules import Purpose
from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.participation import invitation_routes, queries, service, stop_routes
from pyramid_app.participation.blueprint import blueprint
from pyramid_app.participation.forms import FactsForm, InvolvedForm, JoinForm, LettersForm, WelcomeForm
from pyramid_app.participation.group import routes as group_routes

__all__ = ["blueprint", "group_routes", "invitation_routes", "stop_routes"]

ASK = "join ask"


@blueprint.route("/join", methods=["GET", "POST"])
@anyone
def join() -> Response:
    """One short page: two ticks and a way to reach you."""
    form = JoinForm()
    if form.validate_on_submit():
        with house.acting() as work:
            asked = codes.ask(work, door.asker(), Purpose.JOIN, form.address.data or "")
        if asked.refused is None:
            session[ASK] = asked.name
            return see_other("participation.join_code")
        form.take(errors.Invalid({"address": asked.refused}))
    return render("participation/join.html", "main", form=form, status=form.status)


@blueprint.route("/join/code", methods=["GET", "POST"])
@anyone
def join_code() -> Response:
    """The code proves the address; then you are in."""
    form = CodeForm()
    if ASK not in session:
        return see_other("participation.join")
    if form.validate_on_submit():
        with house.acting() as work:
            tried = codes.try_code(work, door.asker(), session[ASK], Purpose.JOIN, form.code.data or "")
            if tried.address:
                person = service.join_at_the_door(work, tried.address, house.network())
                door.let_in(accounts.begin_session(work, door.secret(), person.id))
                return see_other("participation.welcome")
        form.take(errors.Invalid({"code": tried.problem or codes.DOES_NOT_WORK}))
    sending = codes_queries.find_sending(house.reading(), session[ASK])
    return render(
        "participation/join_code.html", "main", form=form, sending=sending, now=house.now(), status=form.status
    )  # fmt: skip


@blueprint.route("/welcome", methods=["GET", "POST"])
@signed_in
def welcome() -> Response:
    """Asked after joining, all skippable: what to call you, how involved to be."""
    form = WelcomeForm(name=house.actor().name)
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                accounts.call_me(work, me(), form.name.data or "")
                if request.form.get("level"):
                    service.move(work, me(), request.form["level"], cares=bool(form.cares.data))
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.me")
    return _with_levels("participation/welcome.html", form)


@blueprint.route("/me/involved", methods=["GET", "POST"])
@signed_in
def involved() -> Response:
    """More or less involved, at any time."""
    form = InvolvedForm()
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.move(work, me(), request.form.get("level", ""), cares=bool(form.cares.data))
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.me")
    return _with_levels("participation/involved.html", form)


def _with_levels(template: str, form: InvolvedForm) -> Response:
    """A page with a button for each level one may choose."""
    levels = [level for level in queries.list_levels(house.reading()) if level.by_choice]
    declared = queries.find_declared_at(house.reading(), me()) is not None
    here = queries.find_level_of(house.reading(), me(), house.now())
    return render(template, "main", form=form, levels=levels, here=here, declared=declared, status=form.status)


@blueprint.route("/me/letters", methods=["GET", "POST"])
@signed_in
def letters() -> Response:
    """Which letters I want."""
    person = people.get_person(house.reading(), me())
    form = LettersForm(
        questions=person.wants_questions, answers=person.wants_answers, notices=person.wants_notices
    )  # fmt: skip
    if form.validate_on_submit():
        with house.acting() as work:
            accounts.wish(work, me(), **form.wishes())
        return see_other("pages.me")
    return render("participation/letters.html", "main", form=form, status=form.status)


@blueprint.route("/me/family", methods=["GET", "POST"])
@signed_in
def family() -> Response:
    """What I like to tell about my family, so that a question can find those whom it concerns."""
    known = queries.facts_of(house.reading(), me())
    form = FactsForm(ward=known.ward, place=known.setting)
    form.offer(house.area().wards, house.area().places_to_learn)
    if form.validate_on_submit():
        try:
            with house.acting() as work:
                service.tell_facts(work, me(), form.ward.data or "", form.place.data or "")
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return see_other("pages.me")
    return render("participation/family.html", "main", form=form, status=form.status)


@blueprint.route("/me/leave", methods=["GET", "POST"])
@signed_in
def leave() -> Response:
    """One press; the page says what goes and what stays."""
    if request.method == "POST":
        with house.acting() as work:
            service.leave(work, me())
        door.let_out()
        return see_other("participation.left")
    return render("participation/leave.html")


@blueprint.get("/left")
@anyone
def left() -> Response:
    """It is done."""
    return render("participation/left.html")


@blueprint.get("/reps")
@anyone
def reps() -> Response:
    """Who speaks for families, by first name."""
    level = queries.find_public_level(house.reading())
    names = queries.list_named(house.reading(), level.slug, house.now()) if level else []
    return render("participation/reps.html", level=level, names=names)


def me() -> UUID:
    """The person who is signed in; the guard has seen to it that there is one."""
    person = house.actor().person_id
    assert person is not None  # noqa: S101
    return person
