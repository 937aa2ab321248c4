"""The page on which an author says of each comment of hers whether it is met."""

from flask import Response, request

from pyramid_app.base.web import house
from pyramid_app.base.web.forms import Form, acted
from pyramid_app.base.web.guard import signed_in
from pyramid_app.base.web.render import render, see_other
from pyramid_app.charter.blueprint import blueprint
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.charter.commenting.rules import CAME_OF, WEIGHTS
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.permissions import may_comment
from pyramid_app.charter.handing import queries
from pyramid_app.charter.handing.met import say_met

SAID = {"yes": True, "no": False, "leave": None}


@blueprint.route("/drafts/<ref>/met", methods=["GET", "POST"])
@signed_in
def met(ref: str) -> Response:
    """All of one's own comments on one page: is it met now?"""
    draft, part = drafts.get_draft(house.reading(), ref, house.actor(), house.now())
    reading, person = house.reading(), house.actor().person_id
    assert person is not None  # noqa: S101  only for people who are signed in
    promises, form = drafts.text_of(reading, draft).promises, Form()
    own = comments.comments_of(reading, draft.id, promises, by=person)
    asked = queries.asked_met(reading, draft)
    before = comments.met_at(reading, asked.id, person) if asked else {}
    said = {one.comment.id: SAID[word] for one in own if (word := request.form.get(f"met-{one.comment.id}")) in SAID}
    if asked and acted(form, lambda work: say_met(work, asked.id, said)):
        return see_other("charter.met", ref=ref, kept=1)
    now_says = comments.say_now(reading, draft.id, own, promises)
    return render(
        "charter/comments/met.html", draft=draft, promises=promises, form=form, own=own, asked=asked, before=before,
        now_says=now_says, open=bool(asked and may_comment(part, draft)), weights=WEIGHTS, came_of=CAME_OF,
        kept="kept" in request.args and request.method == "GET", status=form.status,
    )  # fmt: skip
