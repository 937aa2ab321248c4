"""The desk. It only reads; every button posts to the room whose act it is."""

from datetime import timedelta

from flask import Response, request

from pyramid_app.accounts.shared import queries as shared
from pyramid_app.base.budgets.queries import list_reached
from pyramid_app.base.web import house
from pyramid_app.base.web.guard import officers
from pyramid_app.base.web.render import render
from pyramid_app.charter.commenting import queries as comments
from pyramid_app.feedback.checking import queries as checking
from pyramid_app.feedback.holding import queries as holding
from pyramid_app.feedback.own_child import queries as own_child
from pyramid_app.feedback.rules import propose_cleared
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes import queries as outcomes
from pyramid_app.outcomes.replies import queries as replies
from pyramid_app.outcomes.steps import queries as steps
from pyramid_app.outcomes.verdicts import queries as verdicts
from pyramid_app.pages import queries, running
from pyramid_app.pages.blueprint import blueprint
from pyramid_app.pages.desk.queries import desk as the_desk
from pyramid_app.pages.people import queries as people_queries
from pyramid_app.participation.rules import JOINING
from pyramid_app.polls import queries as polls
from pyramid_app.polls.newcomers.queries import polls_that_wait
from pyramid_app.topics import queries as topics

LATELY = timedelta(days=2)


@blueprint.get("/desk")
@officers
def desk() -> Response:
    """An officer's Monday: what may be urgent, what is due, look-alikes, the rest; one message open, one key an act."""
    reading, now, area = house.reading(), house.now(), house.area()
    return render(
        "pages/desk.html",
        desk=the_desk(
            reading,
            house.actor().person_id,
            now,
            undo=timedelta(minutes=area.undo_minutes),
            raise_at=area.raise_at_voices,
            opened=request.args.get("open", ""),
            mine="mine" in request.args,
            short="short" in request.args,
        ),
        cleared=propose_cleared,
        with_others=own_child.with_others(reading, now),
        helpers=own_child.helpers(area),
        proposed=holding.proposed(reading),
        objections=holding.objections(reading),
        current=topics.current(reading),
        polls=polls.list_all(reading),
        to_ring=verdicts.how_many_to_ring(reading),
        comments_wait=comments.any_waits(reading),
        to_check=checking.how_many_to_clear(reading),
        only_lead=people_queries.is_only_lead(reading, house.actor(), now),
        polls_that_wait=polls_that_wait(reading),
        many_joined=any(one.what in JOINING for one in list_reached(reading, now - LATELY)),
        mailboxes_wait=bool(shared.list_waiting(reading)),
        away=people_queries.absences(reading, london_date(now)),
        partner_asks=replies.on_the_desk(reading, london_date(now)),
        soon=outcomes.waiting(reading, now),
        late_steps=steps.late_steps(reading, london_date(now)),
        running=running.findings(look()),
        refused=queries.count_refused(reading, now),
    )


def look() -> running.Look:
    """How this request sees whether everything is running."""
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return running.Look(house.reading(), house.now(), house.house().settings, forwarded)
