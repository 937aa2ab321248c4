"""When a term is over, what was held back in it is drawn for the check."""

from datetime import timedelta

from pyramid_app.area.queries import list_terms
from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.checking import service
from pyramid_app.kit.texts import london_date

LATE = timedelta(days=30)
"""A term that ended longer ago has no check any more: the calendar was written down after it."""


def jobs(begin: Begin) -> list[Job]:
    return [Job("draw the blind check", 3600, lambda: draw(begin))]


def draw(begin: Begin) -> int:
    """One act for each term that ended lately; a second run draws nothing."""
    today = london_date(clock.now())
    with begin.looking() as session:
        over = [term for term in list_terms(session, today - LATE, today) if today - LATE <= term.until_on < today]
    drawn = 0
    for term in over:
        with begin() as work:
            drawn += service.draw(work, term)
    return drawn
