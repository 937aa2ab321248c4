"""What time does before a meeting: two days ahead its brief goes out."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.meetings.briefs import queries, service


def jobs(begin: Begin, address: str) -> list[Job]:
    return [Job("send briefs", 300, lambda: send(begin, address))]


def send(begin: Begin, address: str) -> int:
    """One act for each meeting; a second run writes to nobody again."""
    with begin.looking() as session:
        due = queries.due(session, clock.now())
    sent = 0
    for meeting_id in due:
        with begin() as work:
            sent += service.send(work, meeting_id, address)
    return sent
