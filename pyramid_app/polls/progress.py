"""How far a count is, for whoever waits for it: adding up, then bringing own words to the desk."""

from uuid import UUID

from sqlmodel import Session

from pyramid_app.base.ledger import progress
from pyramid_app.kit.say import Say
from pyramid_app.polls.models import Poll


def adding_up(poll_id: UUID) -> str:
    """Under which name the ledger says how many envelopes have been read."""
    return f"count:{poll_id}"


def handing_over(poll_id: UUID) -> str:
    """Under which name the ledger says how many own words are on the desk. A killed count goes on from there."""
    return f"own words:{poll_id}"


def how_far(session: Session, polls: list[Poll]) -> dict[UUID, Say]:
    """A sentence for each of these polls that is being counted just now, in one query."""
    far, said = progress.under_way(session), {}
    for poll in polls:
        if adding_up(poll.id) in far:
            said[poll.id] = Say("Counted so far: {percent}%", percent=far[adding_up(poll.id)])
        elif handing_over(poll.id) in far:
            said[poll.id] = Say("Own words on the desk so far: {percent}%", percent=far[handing_over(poll.id)])
    return said
