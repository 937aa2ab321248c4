"""Did it help? By the link in a letter, or on one's own page. A GET never counts: mail scanners open links."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request, url_for

from pyramid_app.accounts import queries as accounts
from pyramid_app.accounts.door import secret
from pyramid_app.accounts.models import Person
from pyramid_app.base import errors
from pyramid_app.base.actor import NOBODY, Actor
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render
from pyramid_app.base.web.sizes import one_size
from pyramid_app.kit.say import Say
from pyramid_app.outcomes.verdicts import desk_routes, pulse, queries, service
from pyramid_app.outcomes.verdicts.blueprint import blueprint
from pyramid_app.outcomes.verdicts.forms import HelpedForm
from pyramid_app.outcomes.verdicts.links import Asks, Link, read_link
from pyramid_app.outcomes.verdicts.queries import Asked
from pyramid_app.outcomes.verdicts.rules import Told
from pyramid_app.outcomes.verdicts.sides import NAMES

__all__ = ["blueprint", "desk_routes"]

UNKNOWN = Say("This link does not open anything. It may be cut off: try the whole link from our letter.")
CLOSED = Say("This question is closed. Thank you for wanting to answer it.")

ROOM = 40 * 1024
"""Bytes of every page here: what was done (4,000 characters) and a family's own line, both as wide as can be."""


def _room(**_address: str) -> int:
    return ROOM


@dataclass(frozen=True)
class Door:
    """By which way somebody comes: where the answer goes, what follows it, and for whom the link is (masked).

    A link that was passed on does not tell what its owner had said.
    """

    paper: str
    thanks: str
    actor: Actor
    sent_to: str = ""

    @property
    def own(self) -> bool:
        return self.actor.signed_in


@blueprint.get("/v/<token>")
@anyone
@one_size(_room)
def open_link(token: str) -> Response:
    return _through(token, _question, lambda link, door: _term(link, door, 200))


@blueprint.post("/v/<token>")
@anyone
@one_size(_room)
def answer_link(token: str) -> Response:
    return _through(token, _answer, _answer_term)


@blueprint.get("/v/<token>/thanks")
@anyone
@one_size(_room)
def link_thanks(token: str) -> Response:
    return _through(token, _thanks, lambda link, door: render("outcomes/verdicts/pulse_thanks.html", door=door))


@blueprint.route("/topics/<ref>/did-it-help", methods=["GET", "POST"])
@signed_in
@one_size(_room)
def mine(ref: str) -> Response:
    """The same question for somebody who is signed in and was asked it."""
    asked, door = _mine(ref)
    return _answer(asked, door) if request.method == "POST" else _question(asked, door)


@blueprint.get("/topics/<ref>/did-it-help/thanks")
@signed_in
@one_size(_room)
def mine_thanks(ref: str) -> Response:
    return _thanks(*_mine(ref))


def _mine(ref: str) -> tuple[Asked, Door]:
    person_id = house.actor().person_id
    asked = queries.find_asked_of(house.reading(), ref, person_id, house.now()) if person_id else None
    if asked is None:
        raise errors.NotFound
    return asked, Door(url_for("verdicts.mine", ref=ref), url_for("verdicts.mine_thanks", ref=ref), house.actor())


def _through(token: str, helped: Callable[[Asked, Door], Response], told: Callable[[Link, Door], Response]) -> Response:
    """Do what the link asks for, while it opens; else a kind page with a way on."""
    link, reading, now = read_link(secret(), token), house.reading(), house.now()
    owner = queries.find_owner(reading, link) if link else None
    if link is None or owner is None:
        return _refused(UNKNOWN, 404)
    door = _door(token, owner)
    if link.asks is Asks.TOLD:
        return told(link, door) if queries.find_pulse(reading, link, now) else _refused(CLOSED, 410)
    try:
        return helped(queries.get_asked(reading, link.about, owner.id, now), door)
    except errors.NotFound:
        return _refused(UNKNOWN, 404)
    except errors.NotAllowed as refused:
        return _refused(refused.reason, 410)


def _door(token: str, owner: Person) -> Door:
    """Whoever is signed in on this device, the link speaks for its owner."""
    reach = accounts.find_reach(house.reading(), owner.id, house.house().channels)
    paths = url_for("verdicts.open_link", token=token), url_for("verdicts.link_thanks", token=token)
    return Door(*paths, NOBODY, accounts.masked(reach[1]) if reach else "")


def _refused(reason: Say, status: int) -> Response:
    return render("outcomes/verdicts/refused.html", reason=reason, status=status)


def _question(asked: Asked, door: Door, form: HelpedForm | None = None) -> Response:
    form = form or HelpedForm(formdata=None)
    return render(
        "outcomes/verdicts/question.html", "main", asked=asked, door=door, form=form, names=NAMES,
        says=queries.newest_version(house.reading(), asked.outcome, house.now()), status=form.status,
    )  # fmt: skip


def _answer(asked: Asked, door: Door) -> Response:
    form = HelpedForm()
    if form.validate_on_submit():
        try:
            said = form.answer(request.form.get("answer"))
            with house.acting(door.actor) as work:
                service.answer(work, asked.outcome.id, asked.verdict.person_id, said)
        except errors.Invalid as refused:
            form.take(refused)
        else:
            return _see(door.thanks)
    return _question(asked, door, form)


def _thanks(asked: Asked, door: Door) -> Response:
    return render("outcomes/verdicts/thanks.html", asked=asked, door=door, names=NAMES)


def _term(_link: Link, door: Door, status: int) -> Response:
    return render("outcomes/verdicts/pulse.html", door=door, names=pulse.NAMES, status=status)


def _answer_term(link: Link, door: Door) -> Response:
    pressed = request.form.get("answer")
    if pressed not in {one.value for one in Told}:
        return _term(link, door, 422)
    with house.acting(door.actor) as work:
        pulse.answer(work, link, Told(pressed))
    return _see(door.thanks)


def _see(where: str) -> Response:
    return Response(status=303, headers={"Location": where})
