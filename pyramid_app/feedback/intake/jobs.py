"""What time does at the doors: lists come in some rows at a time, and what is kept for a day goes."""

from pyramid_app.base import clock
from pyramid_app.base.ledger.runs import Job
from pyramid_app.base.work import Begin
from pyramid_app.feedback.intake import list_service, queries

CHANNELS = frozenset({"email", "mobile"})
"""A list was read by the page that took it, so that each address in it is one of these by now."""


def jobs(begin: Begin) -> list[Job]:
    return [
        Job("take in lists", 5, lambda: take_in(begin)),
        Job("forget lists", 3600, lambda: forget_lists(begin)),
    ]


def take_in(begin: Begin) -> int:
    """Every list that somebody has said yes to, one batch in each act; a killed run goes on where it was."""
    with begin.looking() as session:
        due = queries.to_take_in(session)
    taken = 0
    for list_id in due:
        while True:
            with begin() as work:
                some = list_service.take_some(work, list_id, CHANNELS)
            if not some:
                break
            taken += some
    return taken


def forget_lists(begin: Begin) -> int:
    with begin.looking() as session:
        old = queries.to_forget(session, clock.now())
    for list_id in old:
        with begin() as work:
            list_service.forget(work, list_id)
    return len(old)
