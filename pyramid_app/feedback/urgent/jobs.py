"""Every minute: is there a message that may be urgent, by whichever way it came, and is a ring due?"""

from collections.abc import Collection

from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.urgent import queries, service


def jobs(begin: Begin, address: str, channels: Collection[str]) -> list[Job]:
    return [Job("ring about urgent messages", 60, lambda: ring_all(begin, address, channels))]


def ring_all(begin: Begin, address: str, channels: Collection[str]) -> int:
    """One act for each; a second run in the same hours writes no letter again."""
    with begin.looking() as session:
        waiting = queries.unseen(session)
    rung = 0
    for voice_id in waiting:
        with begin() as work:
            rung += service.ring_duty(work, voice_id, address, channels)
    return rung
