"""Reading the charter, any edition of it, and what changed between two of them."""

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter import queries
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.editions import rules, screens
from pyramid_app.charter.queries import Charter


@blueprint.get("/charter")
@anyone
def index() -> Response:
    """The present edition."""
    return _shown(queries.current_charter(house.reading()))


@blueprint.get("/charter/editions/<int(max=99999):number>")
@anyone
def edition(number: int) -> Response:
    """One edition, also an old one."""
    return _shown(queries.get_charter(house.reading(), number))


@blueprint.get("/charter/editions/<int(max=99999):number>/since/<int(max=99999):before>")
@anyone
def since(number: int, before: int) -> Response:
    """What changed from one edition to another; the older one always comes first."""
    if number < before:
        return see_other("charter.since", number=before, before=number)
    old, new = queries.get_charter(house.reading(), before), queries.get_charter(house.reading(), number)
    return render(
        "charter/since.html", old=old.edition, new=new.edition, changes=rules.since(old.promises, new.promises),
        introduction=screens.marked(old.edition.introduction, new.edition.introduction),
        editions=queries.list_editions(house.reading()), changed=screens.changed, makers_say=rules.makers_say,
    )  # fmt: skip


def _shown(charter: Charter | None) -> Response:
    """In the language that the address asks for, where anything is written in it."""
    spoken = screens.spoken_in(charter.promises) if charter else []
    tongue = next((one for one in spoken if one.code == request.args.get("language")), None)
    return render(
        "charter/index.html", charter=charter, editions=queries.list_editions(house.reading()), spoken=spoken,
        tongue=tongue, twins=screens.twins_in(charter, tongue), makers_say=rules.makers_say,
    )  # fmt: skip


def shown_charter(number: int | None) -> Charter:
    """That edition, or the present one. Raises ``NotFound`` where there is none."""
    found = queries.get_charter(house.reading(), number) if number else queries.current_charter(house.reading())
    if found is None:
        raise errors.NotFound
    return found
