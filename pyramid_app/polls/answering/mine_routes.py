"""Somebody's own list of questions. Nobody else can open it."""

from flask import Response

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render
from pyramid_app.participation import queries as participation
from pyramid_app.polls import queries
from pyramid_app.polls.blueprint import blueprint


@blueprint.get("/me/questions", endpoint="mine")
@signed_in
def my_questions() -> Response:
    """What waits for an answer, what can still be changed, and what came of the rest."""
    reading, now, person_id = house.reading(), house.now(), house.actor().person_id
    assert person_id is not None  # noqa: S101  only for people who are signed in
    level = participation.find_level_of(reading, person_id, now)
    return render(
        "polls/mine.html",
        "main",
        questions=queries.mine(reading, person_id, now),
        coming=queries.find_next_to_open(reading, now),
        only_told=level is not None and not participation.votes(reading, level),
    )
