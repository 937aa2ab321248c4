"""Reading the charter. A commitment's own page shows several capabilities: it is in ``pages``."""

from flask import Blueprint, Response

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render
from pyramid_app.charter import queries

blueprint = Blueprint("charter", __name__)


@blueprint.get("/charter")
@anyone
def index() -> Response:
    """The present edition."""
    return render("charter/index.html", charter=queries.current_charter(house.reading()))


@blueprint.get("/charter/editions/<int:number>")
@anyone
def edition(number: int) -> Response:
    """One edition, also an old one."""
    return render("charter/index.html", charter=queries.get_charter(house.reading(), number))
