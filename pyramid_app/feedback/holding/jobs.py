"""What time does to objections: an answer that is late is said to be late."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.holding import queries, service
from pyramid_app.kit.texts import london_date


def jobs(begin: Begin) -> list[Job]:
    return [Job("late objections", 300, lambda: tell_late(begin))]


def tell_late(begin: Begin) -> int:
    """One act for each objection whose day has passed; a second run finds none."""
    with begin.looking() as session:
        due = queries.overdue(session, london_date(clock.now()))
    for voice_id in due:
        with begin() as work:
            service.miss_answer(work, voice_id)
    return len(due)
