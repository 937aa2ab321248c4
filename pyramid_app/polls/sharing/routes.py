"""What a school or a parent passes on: link, picture, words, poster. Anybody may, and nothing here is counted."""

from flask import Response

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render
from pyramid_app.polls import queries
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.models import Poll
from pyramid_app.polls.rules import State, state_of
from pyramid_app.polls.sharing.packs import Pack, packs

SHARED = {State.SCHEDULED, State.OPEN}


@blueprint.get("/polls/<ref>/share")
@anyone
def share(ref: str) -> Response:
    """The words for everybody who passes the question on; after its close a kind page with a way on."""
    return _page(queries.get_poll(house.reading(), ref, house.now()))


def _page(poll: Poll, status: int = 200) -> Response:
    state = state_of(poll, house.now())
    return render("polls/share.html", "main", poll=poll, state=state, packs=_packs(poll), status=status)


def _packs(poll: Poll) -> list[Pack]:
    """None, once it can't be answered any more."""
    if state_of(poll, house.now()) not in SHARED:
        return []
    return packs(poll, house.area(), house.house().settings.address, house.now())
