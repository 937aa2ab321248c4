"""What time does: whoever has to keep a promise is reminded a week before its day."""

from datetime import timedelta

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.charter.handing import owners, queries
from pyramid_app.kit.texts import london_date

BEFORE = timedelta(days=7)


def jobs(begin: Begin) -> list[Job]:
    return [Job("remind owners", 600, lambda: remind_owners(begin))]


def remind_owners(begin: Begin) -> int:
    """One act for each; a second run finds none."""
    with begin.looking() as session:
        near = [ask.id for ask in queries.asks_near(session, london_date(clock.now()) + BEFORE)]
    written = 0
    for ask_id in near:
        with begin() as work:
            written += owners.remind(work, ask_id)
    return written
