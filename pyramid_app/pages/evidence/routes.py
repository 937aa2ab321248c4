"""A promise with its evidence, for whoever wants to know whether it is kept; and the promises that come back soon."""

from flask import Response

from pyramid_app.base.errors import NotFound
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import anyone, signed_in
from pyramid_app.base.web.render import render
from pyramid_app.charter import queries as charter
from pyramid_app.charter.drafting import queries as drafts
from pyramid_app.charter.drafting.permissions import may_see_reviews, may_start
from pyramid_app.charter.drafting.screens import PLACES
from pyramid_app.charter.editions import rules as editions
from pyramid_app.charter.editions import screens as editions_screens
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.verdicts import sides
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.evidence import queries, words


@blueprint.get("/charter/commitments/<int(max=99999):number>/evidence")
@anyone
def evidence(number: int) -> Response:
    """All that is known about one promise, for the day on which it is looked at again."""
    reading, today = house.reading(), london_date(house.now())
    found = queries.evidence(reading, number, house.now())
    part, late = drafts.part_of(reading, house.actor(), house.now()), words.missed(found.steps)
    return render(
        "pages/evidence.html", found=found, promise=found.promise, heard=words.heard(found.spans, today),
        heard_says=words.heard_says(found.spans), steps=words.steps_table(found.steps),
        missed=late[: words.MOST_MISSED], more_missed=len(late[words.MOST_MISSED :]), kept=words.KEPT,
        names=sides.NAMES, places=PLACES, comes_back=words.comes_back(found.review, today, retired=found.retired),
        may_start=bool(may_start(part)), may_see_reviews=bool(may_see_reviews(part)), makers_say=editions.makers_say,
        wordings=editions.wordings_that_differ(found.history)[::-1], changed=editions_screens.changed,
    )  # fmt: skip


@blueprint.get("/charter/reviews")
@signed_in
def reviews() -> Response:
    """Which promises come back soon, or should have, and which no day brings back. To others it is not there."""
    reading, today = house.reading(), london_date(house.now())
    part = drafts.part_of(reading, house.actor(), house.now())
    if not may_see_reviews(part):
        raise NotFound
    return render(
        "pages/reviews.html", coming=queries.coming(reading, today), dayless=charter.without_review_day(reading),
        today=today, may_start=bool(may_start(part)), no_day=words.NO_DAY, new_day=words.NEW_DAY,
    )  # fmt: skip
