"""What time does: a partner hears a week and two days before its answer is due."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.kit.texts import london_date
from pyramid_app.outcomes.replies import queries, service
from pyramid_app.outcomes.replies.rules import WARNINGS, warning_due


def jobs(begin: Begin) -> list[Job]:
    return [Job("warn partners", 600, lambda: warn(begin))]


def warn(begin: Begin) -> int:
    """One act for each question; a second run finds none, because each remembers its warnings."""
    with begin.looking() as session:
        today = london_date(clock.now())
        near = queries.to_warn(session, today + WARNINGS[0])
        due = [one.id for one in near if warning_due(one, london_date(one.asked_at), today)]
    written = 0
    for ask_id in due:
        with begin() as work:
            written += service.warn(work, ask_id)
    return written
