"""What time does to invitations: without an answer they are forgotten, address and all."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.participation.invitations import forget, to_forget


def jobs(begin: Begin) -> list[Job]:
    return [Job("forget invitations", 3600, lambda: forget_old(begin))]


def forget_old(begin: Begin) -> int:
    """Forget every invitation that has waited for longer than the area allows; returns how many."""
    with begin.looking() as session:
        old = to_forget(session, clock.now())
    for invitation_id in old:
        with begin() as work:
            forget(work, invitation_id)
    return len(old)
