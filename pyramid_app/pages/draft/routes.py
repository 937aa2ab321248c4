"""A draft's page: where it is, what would change, who said what. Its forms post to the charter's rooms."""

from flask import Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render
from pyramid_app.charter.commenting.forms import CommentForm
from pyramid_app.charter.commenting.rules import CAME_OF, WEIGHTS
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.permissions import may_write
from pyramid_app.charter.drafting.screens import KINDS, PLACES, compared, names
from pyramid_app.charter.handing.forms import HandForm
from pyramid_app.charter.handing.rules import SAYS, STANDS
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.draft import queries as draft_queries
from pyramid_app.polls import drafts as polls
from pyramid_app.polls import proposals
from pyramid_app.topics import drafts as topics
from pyramid_app.topics.queries import current


@blueprint.get("/drafts/<ref>")
@anyone
def draft(ref: str) -> Response:
    """One proposed change: a draft that somebody may not read looks like none."""
    session = house.reading()
    story = draft_queries.story(session, ref, house.actor(), house.now())
    comment = CommentForm(formdata=None)
    comment.offer(story.text.promises)
    mine = story.hands.by(house.actor().person_id) if story.hands else None
    return render(
        "pages/draft.html", story=story, draft=story.draft, may=story.may, comment=comment, mine=mine,
        compared=compared(story.text, names(session)),
        hand=HandForm(formdata=None, stands=mine.stands if mine else None, note=mine.note if mine else ""),
        kinds=KINDS, places=PLACES, weights=WEIGHTS, came_of=CAME_OF, says=SAYS, stands=STANDS,
        topics=topics.topics_under(session, story.draft.id), polls=polls.polls_under(session, story.draft.id),
        votes=proposals.polls_about(session, story.draft.id),
        thanks=next((word for word in ("said", "raised", "reported") if word in request.args), ""),
    )  # fmt: skip


@blueprint.get("/drafts/<ref>/rests-on")
@signed_in
def draft_rests_on(ref: str) -> Response:
    """Choose the topics and polls that a draft rests on; its two forms post to their owners."""
    session = house.reading()
    draft, part = drafts.get_draft(session, ref, house.actor(), house.now())
    may_write(part, draft).enforce()
    under, asked = topics.topics_under(session, draft.id), polls.polls_under(session, draft.id)
    offered = {topic.ref: topic for topic in [*under, *current(session)]}
    return render(
        "pages/draft_rests_on.html", draft=draft, topics=list(offered.values()), polls=polls.can_be_under(session),
        chosen={topic.ref for topic in under} | {poll.ref for poll in asked},
    )  # fmt: skip
