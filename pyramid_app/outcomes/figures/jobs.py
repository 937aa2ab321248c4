"""What time does for the figures: counts a day that is over, and looks at new results."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.figures import queries, service, told


def jobs(begin: Begin) -> list[Job]:
    return [
        Job("count who was told", 600, lambda: keep(begin)),
        Job("look at results", 60, lambda: look(begin)),
    ]


def keep(begin: Begin) -> int:
    """Once a day. What takes long is only read; the act that keeps it is short."""
    with begin.looking() as session:
        now = clock.now()
        if told.is_counted(session, london_date(now)):
            return 0
        days, waits = told.count_days(session, now), queries.answer_waits(session, now)
    with begin() as work:
        return service.keep_days(work, days, waits)


def look(begin: Begin) -> int:
    with begin.looking() as session:
        new = queries.not_looked_at(session)
    looked = 0
    for poll_id in new:
        with begin() as work:
            looked += service.look_at_result(work, poll_id)
    return looked
