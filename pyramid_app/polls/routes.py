"""What everybody can read: the questions, and one question. The other doors are gathered here."""

from flask import Response

from pyramid_app.base.ledger import progress
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render
from pyramid_app.polls import queries
from pyramid_app.polls.answering import mine_routes, pass_routes, signed_in_routes, stranger_routes
from pyramid_app.polls.asking import question_routes
from pyramid_app.polls.asking import routes as asking_routes
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.fairness import queries as fairness
from pyramid_app.polls.fairness import routes as fairness_routes
from pyramid_app.polls.newcomers import routes as newcomers_routes
from pyramid_app.polls.progress import adding_up
from pyramid_app.polls.proposals import AGREEMENTS, proposals_of
from pyramid_app.polls.ratifying import routes as ratifying_routes
from pyramid_app.polls.results import considered_routes as considering_routes
from pyramid_app.polls.results import routes as results_routes
from pyramid_app.polls.rules import State, state_of
from pyramid_app.polls.sharing import routes as sharing_routes

__all__ = [
    "asking_routes", "blueprint", "considering_routes", "fairness_routes", "mine_routes", "newcomers_routes",
    "pass_routes", "question_routes", "ratifying_routes", "results_routes", "sharing_routes", "signed_in_routes",
    "stranger_routes",
]  # fmt: skip


@blueprint.get("/polls")
@anyone
def index() -> Response:
    """Open questions first, then those to come and those that are over."""
    session, now = house.reading(), house.now()
    polls = [(poll, state_of(poll, now)) for poll in queries.list_polls(session, now)]
    return render("polls/index.html", "main", polls=polls)


@blueprint.get("/polls/<ref>", endpoint="show")
@anyone
def show_poll(ref: str) -> Response:
    """Who decides, where and when; what can change; what happens next; after the count what families said."""
    session, now = house.reading(), house.now()
    poll = queries.get_poll(session, ref, now)
    state = state_of(poll, now)
    counted = progress.percent_done(session, adding_up(poll.id)) if state is State.CLOSED else None
    return render(
        "polls/show.html", "main", poll=poll, state=state, counted=counted,
        asked=queries.who_is_asked(session, poll), looks=fairness.looks_of(session, poll),
        extensions=fairness.extensions_of(session, poll), formats_found=fairness.formats_of(session, poll),
        proposals=proposals_of(session, poll), agreements=AGREEMENTS,
    )  # fmt: skip
