"""What happened: the public list with its search, a page for each term, a feed, and what we got wrong."""

from datetime import date
from typing import Any

from flask import Response, request, url_for

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, translate
from pyramid_app.base.web.typed import which_page
from pyramid_app.charter import queries as charter
from pyramid_app.outcomes import queries
from pyramid_app.outcomes.blueprint import blueprint
from pyramid_app.outcomes.figures.told import told_rate
from pyramid_app.outcomes.models import Outcome
from pyramid_app.outcomes.queries import Answered
from pyramid_app.outcomes.replies import queries as replies
from pyramid_app.outcomes.searching import queries as searching
from pyramid_app.outcomes.searching.feed import Entry, atom
from pyramid_app.outcomes.searching.rules import read_wanted
from pyramid_app.outcomes.views import queries as views
from pyramid_app.topics import queries as topics
from pyramid_app.topics.rules import State

SIZE = 20
IN_FEED = 30
STATES = (State.WORKING.value, State.DONE.value, State.CANT.value, State.NOT_OURS.value)


@blueprint.get("/outcomes")
@anyone
def index() -> Response:
    """What happened, the newest first; what is late before everything else; a search over all of it."""
    reading, now = house.reading(), house.now()
    wanted = read_wanted(request.args, STATES)
    return render(
        "outcomes/index.html", wanted=wanted, late=topics.owing(reading), told=told_rate(reading, now),
        promises=charter.list_choices(reading), years=searching.years(reading, now), states=STATES,
        terms=searching.terms(reading, now)[:6], **_answers(searching.narrowing(reading, wanted)),
    )  # fmt: skip


@blueprint.get("/outcomes/terms/<from_on>")
@anyone
def term(from_on: str) -> Response:
    """Everything that came out in one term."""
    found = searching.terms(house.reading(), house.now())
    one = next((term for term in found if term.from_on == _day(from_on)), None)
    if one is None:
        raise errors.NotFound
    return render("outcomes/term.html", term=one, terms=found, **_answers(searching.between(one.from_on, one.until_on)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _answers(asked: list[searching.Condition]) -> dict[str, Any]:
    """A page of answers with what stands beside them."""
    reading, now = house.reading(), house.now()
    page, pages = which_page(queries.how_many(reading, now, asked), SIZE)
    answered = queries.latest(reading, SIZE, now, skip=(page - 1) * SIZE, asked=asked)
    shown = [one.outcome.id for one in answered]
    return {
        "answered": answered,
        "page": page,
        "pages": pages,
        "reps": views.lines_of(reading, shown),
        "notes": replies.notes_of(reading, shown),
        "evidence": queries.evidence_of(reading, [one.outcome for one in answered]),
    }


@blueprint.get("/outcomes.atom")
@anyone
def feed() -> Response:
    """The newest answers for reader programs and other websites."""
    reading, now, address = house.reading(), house.now(), house.house().settings.address
    entries = [_entry(one, address) for one in queries.latest(reading, IN_FEED, now)]
    title = translate("What happened: {area}", area=house.area().name)
    home, own = f"{address}{url_for('outcomes.index')}", f"{address}{url_for('outcomes.feed')}"
    return Response(atom(title, house.area().host, own, home, entries, now), mimetype="application/atom+xml")


def _entry(one: Answered, address: str) -> Entry:
    outcome = one.outcome
    where = url_for("outcomes.version", ref=outcome.ref, number=outcome.version)
    return Entry(one.topic.title, address + where, _words(outcome), outcome.answered_at, outcome.published_at)


def _words(outcome: Outcome) -> str:
    """The answer as plain sentences."""
    said = [
        (translate("You said:"), outcome.you_said),
        (translate("We did:"), outcome.we_did),
        (translate("Why:"), outcome.reason),
        (translate("What is possible:"), outcome.instead),
        (translate("What this means for families:"), outcome.for_families),
    ]
    return "\n".join(f"{what} {words}" for what, words in said if words)
