"""What everybody can read: the questions, one question, what families said. The other doors are gathered here."""

from flask import Response, url_for
from markupsafe import Markup

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.kit.charts import bars
from pyramid_app.kit.disclosure import Line, show
from pyramid_app.polls import desk_routes, pass_routes, queries, signed_in_routes, stranger_routes
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.rules import NOT_SURE, state_of
from pyramid_app.polls.views import QuestionResult

__all__ = ["blueprint", "desk_routes", "pass_routes", "signed_in_routes", "stranger_routes"]


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
    short_link = house.house().settings.address + url_for("polls.short", ref=ref)
    return render("polls/show.html", "main", poll=poll, state=state_of(poll, now), short_link=short_link)


@blueprint.get("/polls/<ref>/results")
@anyone
def results(ref: str) -> Response:
    """The result by the small-number rules. Before the count there is none, for nobody."""
    session, now = house.reading(), house.now()
    poll = queries.get_poll(session, ref, now)
    result = queries.result_of(session, poll, now)
    if result is None:
        return see_other("polls.show", ref=ref)
    turnout = {"on_roll": show(result.on_roll), "answered": show(result.answered)}
    questions = [(one, _rows(one), _chart(one, number)) for number, one in enumerate(result.questions)]
    return render("polls/results.html", "main", poll=poll, questions=questions, turnout=turnout)


def _rows(result: QuestionResult) -> list[tuple[str, Line]]:
    return [(_label(line, result), line) for line in result.shown.lines]


def _label(line: Line, result: QuestionResult) -> str:
    names = [translate("I am not sure") if one == NOT_SURE else result.labels[one] for one in line.options]
    return " + ".join(names)


def _chart(result: QuestionResult, number: int) -> Markup:
    if not result.shown.lines:
        return Markup()
    pairs = [(_label(line, result), line.number) for line in result.shown.lines]
    return bars(pairs, title=result.question.text, unit=translate("families"), ident=f"chart-{number}")
