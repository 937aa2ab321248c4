"""What time does after a meeting: the next morning its representatives are asked to write."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.meetings.reporting import queries, service


def jobs(begin: Begin, address: str) -> list[Job]:
    return [Job("ask representatives to report back", 300, lambda: ask(begin, address))]


def ask(begin: Begin, address: str) -> int:
    """One act for each meeting; a second run asks nobody again."""
    with begin.looking() as session:
        due = queries.to_ask(session, clock.now())
    asked = 0
    for meeting_id in due:
        with begin() as work:
            asked += service.ask(work, meeting_id, address)
    return asked
