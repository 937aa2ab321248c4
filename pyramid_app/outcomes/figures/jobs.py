"""What time does for the figures: counts a day that is over, and looks at new results."""

from pyramid_app.base.db import one_at_a_time
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.outcomes.figures import queries, service


def jobs(begin: Begin) -> list[Job]:
    return [
        Job("count who was told", 600, lambda: keep(begin)),
        Job("look at results", 60, lambda: look(begin)),
    ]


def keep(begin: Begin) -> int:
    """Once a day; two schedulers take turns, and the second finds it done."""
    with begin() as work:
        one_at_a_time(work.session, "told days")
        return service.keep_days(work)


def look(begin: Begin) -> int:
    with begin.looking() as session:
        new = queries.not_looked_at(session)
    looked = 0
    for poll_id in new:
        with begin() as work:
            looked += service.look_at_result(work, poll_id)
    return looked
