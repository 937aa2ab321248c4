"""The result page: before the count there is none, for nobody."""

from flask import Response
from markupsafe import Markup

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other, translate
from pyramid_app.kit.charts import bars
from pyramid_app.kit.disclosure import Line, show
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.kinds import NOT_SURE
from pyramid_app.polls.queries import get_poll
from pyramid_app.polls.results import queries
from pyramid_app.polls.results.views import QuestionResult


@blueprint.get("/polls/<ref>/results")
@anyone
def results(ref: str) -> Response:
    """The result by the small-number rules. Before the count there is none, for nobody."""
    session, now = house.reading(), house.now()
    poll = get_poll(session, ref, now)
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
