"""What a school or a parent passes on: link, picture, words, poster. Anybody may, and nothing here is counted."""

from collections.abc import Callable

from flask import Response, request

from pyramid_app.base import errors
from pyramid_app.base.paths import folder
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render
from pyramid_app.kit.charts import qr_png, qr_svg
from pyramid_app.kit.paper import poster
from pyramid_app.polls import queries
from pyramid_app.polls.blueprint import blueprint
from pyramid_app.polls.models import Poll
from pyramid_app.polls.rules import State, state_of
from pyramid_app.polls.sharing.packs import Pack, packs
from pyramid_app.polls.sharing.posters import poster_of

SHARED = {State.SCHEDULED, State.OPEN}
CODES: dict[str, tuple[str, Callable[[str], str | bytes]]] = {
    "svg": ("image/svg+xml", qr_svg),
    "png": ("image/png", qr_png),
}
GONE = 410


@blueprint.get("/polls/<ref>/share")
@anyone
def share(ref: str) -> Response:
    """The words for everybody who passes the question on; after its close a kind page with a way on."""
    return _page(queries.get_poll(house.reading(), ref, house.now()))


@blueprint.get("/polls/<ref>/share/code.<any(svg, png):kind>")
@anyone
def code(ref: str, kind: str) -> Response:
    """The link as a QR code: on the share page, and to fetch for posters and slides."""
    poll = queries.get_poll(house.reading(), ref, house.now())
    ready = _packs(poll)
    if not ready:
        return _page(poll, GONE)
    content_type, draw = CODES[kind]
    return _file(draw(ready[0].link), content_type, f"{poll.ref}-code.{kind}")


@blueprint.get("/polls/<ref>/share/poster.pdf", endpoint="poster")
@anyone
def poster_pdf(ref: str) -> Response:
    """One page of A4 in ``?language``, or in the first that is ready."""
    poll = queries.get_poll(house.reading(), ref, house.now())
    ready = _packs(poll)
    if not ready:
        return _page(poll, GONE)
    language = request.args.get("language", ready[0].language)
    pack = next((pack for pack in ready if pack.language == language), None)
    if pack is None:
        raise errors.NotFound
    sheet = poster(poster_of(pack), folder("static") / "vendor" / "fonts")
    tail = "" if pack is ready[0] else f"-{pack.language}"
    return _file(sheet, "application/pdf", f"{poll.ref}-poster{tail}.pdf")


def _file(content: str | bytes, content_type: str, name: str) -> Response:
    """``name`` holds nothing but a poll's reference and our own words."""
    answer = Response(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(poll: Poll, status: int = 200) -> Response:
    state = state_of(poll, house.now())
    return render("polls/share.html", "main", poll=poll, state=state, packs=_packs(poll), status=status)


def _packs(poll: Poll) -> list[Pack]:
    """None, once it can't be answered any more."""
    if state_of(poll, house.now()) not in SHARED:
        return []
    return packs(poll, house.area(), house.house().settings.address, house.now())
