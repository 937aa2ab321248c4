"""What time does to what families said, room by room."""

from collections.abc import Collection

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.checking import jobs as checking
from pyramid_app.feedback.filing import jobs as filing
from pyramid_app.feedback.forgetting import forget_case
from pyramid_app.feedback.holding import jobs as holding
from pyramid_app.feedback.intake import jobs as intake
from pyramid_app.feedback.own_child import jobs as own_child
from pyramid_app.feedback.own_child import queries as own_child_queries
from pyramid_app.feedback.urgent import jobs as urgent


def jobs(begin: Begin, address: str, channels: Collection[str]) -> list[Job]:
    """``channels``: the kinds of address that letters can reach from here."""
    return [
        *intake.jobs(begin),
        *urgent.jobs(begin, address, channels),
        *filing.jobs(begin, address),
        # After the late words, so that a place is asked again in the same minute in which the family hears that.
        *own_child.jobs(begin),
        Job("forget cases", 600, lambda: forget_cases(begin)),
        *holding.jobs(begin),
        *checking.jobs(begin),
    ]


def forget_cases(begin: Begin) -> int:
    """One act for each case; then SQLite's log is emptied, so that no copy of the words lies beside its file."""
    with begin.looking() as session:
        due = own_child_queries.to_forget(session, clock.now())
    for voice_id in due:
        with begin() as work:
            forget_case(work, voice_id)
    if due:
        begin.database.forget()
    return len(due)
