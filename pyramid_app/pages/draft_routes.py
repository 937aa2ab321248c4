"""A draft's page: where it is, what would change, who said what. Its forms post to the charter's rooms."""

from flask import Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone
from pyramid_app.base.web.render import render
from pyramid_app.charter.commenting.forms import CommentForm
from pyramid_app.charter.commenting.rules import CAME_OF, WEIGHTS
from pyramid_app.charter.drafting.screens import KINDS, PLACES
from pyramid_app.charter.handing.forms import HandForm
from pyramid_app.charter.handing.rules import SAYS, STANDS
from pyramid_app.pages import draft_queries
from pyramid_app.pages.blueprint import blueprint


@blueprint.get("/drafts/<ref>")
@anyone
def draft(ref: str) -> Response:
    """One proposed change: a draft that somebody may not read looks like none."""
    story = draft_queries.story(house.reading(), ref, house.actor(), house.now())
    comment = CommentForm(formdata=None)
    comment.offer(story.text.promises)
    mine = story.hands.by(house.actor().person_id) if story.hands else None
    return render(
        "pages/draft.html", story=story, draft=story.draft, may=story.may, comment=comment, mine=mine,
        hand=HandForm(formdata=None, stands=mine.stands if mine else None, note=mine.note if mine else ""),
        kinds=KINDS, places=PLACES, weights=WEIGHTS, came_of=CAME_OF, says=SAYS, stands=STANDS,
        thanks=next((word for word in ("said", "raised", "reported") if word in request.args), ""),
    )  # fmt: skip
