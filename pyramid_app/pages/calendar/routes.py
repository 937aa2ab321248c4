"""The calendar on the desk: when families can be asked, and when they are. Adding and removing belong to ``area``."""

from flask import Response

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.calendar.queries import the_year


@blueprint.get("/desk/calendar")
@officers
def calendar() -> Response:
    """Twelve months from this one: a picture, and the same as a list."""
    return render("pages/calendar.html", year=the_year(house.reading(), house.now(), house.area().term_days))
